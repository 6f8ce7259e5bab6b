namespace Planner.Domain.Catalogs;

/// <summary>One price of a sheet or a machine.</summary>
/// <param name="Name">Its name in the document, such as <c>inputUsdPerM</c> or <c>onDemandUsd</c>; a tier's are <c>tiers[272000].inputUsdPerM</c>.</param>
/// <param name="Usd">The price, USD per million tokens or USD an hour; null for unknown.</param>
/// <param name="IsOutput">Whether it is of generated tokens.</param>
public readonly record struct NamedPrice(string Name, decimal? Usd, bool IsOutput = false)
{
    /// <summary>Prices that differ between two states of a row; one that a state does not have is unknown there.</summary>
    public static IReadOnlyList<PriceMove> Moves(IEnumerable<NamedPrice> before, IEnumerable<NamedPrice> after)
    {
        var old = before.ToDictionary(price => price.Name, price => price.Usd, StringComparer.Ordinal);
        var moves = new List<PriceMove>();
        foreach (var price in after)
        {
            old.Remove(price.Name, out var was);
            moves.Add(new(price.Name, was, price.Usd));
        }

        return [.. moves.Concat(old.Select(gone => new PriceMove(gone.Key, gone.Value, null))).Where(move => move.Old != move.New)];
    }
}

/// <summary>A price of a catalog row that is another than it was.</summary>
/// <param name="Field">The price as the scenario document names it, such as <c>inputUsdPerM</c>; one of a tier has the tier's tokens, as in <c>tiers[200000].inputUsdPerM</c>.</param>
/// <param name="Old">Before, USD in the field's unit; null for unknown.</param>
/// <param name="New">After, likewise.</param>
public sealed record PriceMove(string Field, decimal? Old, decimal? New);
