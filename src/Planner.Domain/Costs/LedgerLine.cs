namespace Planner.Domain.Costs;

/// <summary>One line of an option's bill, with its working.</summary>
/// <param name="Group">Group of the line, one of <see cref="LedgerGroups"/>.</param>
/// <param name="Item">What is paid for.</param>
/// <param name="OneOff">True for a cost of the first month only.</param>
/// <param name="Formula">The formula in symbols; its names are those of <paramref name="Operands"/>.</param>
/// <param name="Operands">The formula's inputs in order.</param>
/// <param name="AmountUsd">The formula's amount rounded to a millionth of a dollar, half to even; negative for a discount.</param>
/// <param name="Source">Where the price comes from, in words.</param>
public sealed record LedgerLine(string Group, string Item, bool OneOff, string Formula, IReadOnlyList<Operand> Operands, decimal AmountUsd, string Source);

/// <summary>One input of a ledger line's formula.</summary>
/// <param name="Name">Its name in the formula.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit, such as <c>USD/h</c> or <c>tokens/request</c>.</param>
/// <param name="Source">Where the value comes from: a path of the document, a catalog row with its date, or a default.</param>
public sealed record Operand(string Name, double Value, string Unit, string Source);

/// <summary>The groups of ledger lines, in the order in which charts stack them.</summary>
public static class LedgerGroups
{
    /// <summary>API tokens in the prompt.</summary>
    public const string ApiInput = "apiInput";

    /// <summary>API tokens generated.</summary>
    public const string ApiOutput = "apiOutput";

    /// <summary>Discounts, retries and fixed charges of an API.</summary>
    public const string ApiOther = "apiOther";

    /// <summary>Rented instances.</summary>
    public const string Compute = "compute";

    /// <summary>Storage, egress, load balancer, control plane, monitoring.</summary>
    public const string Extras = "extras";

    /// <summary>Work of people, or the overhead share that stands for it.</summary>
    public const string Operations = "operations";

    /// <summary>One-off costs.</summary>
    public const string OneOff = "oneOff";

    /// <summary>All groups in the order of charts and reports.</summary>
    public static IReadOnlyList<string> All { get; } = [ApiInput, ApiOutput, ApiOther, Compute, Extras, Operations, OneOff];
}
