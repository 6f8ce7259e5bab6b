using System.Globalization;
using Planner.Domain.Planning;
using Planner.Web.Components.Charts;

namespace Planner.Web.Reports;

/// <summary>The ledgers of a result as a table: a row for each line, followed by a row for each figure of its formula.</summary>
public static class LedgerCsv
{
    public static string Write(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Csv.Write(Rows(result));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(Result result)
    {
        yield return ["option", "feasible", "group", "item", "oneOff", "amountUsd", "formula", "figure", "value", "unit", "source"];
        foreach (var option in result.Options)
        {
            foreach (var line in option.Ledger)
            {
                string[] head = [option.Name, option.Feasible ? "true" : "false", line.Group, line.Item, line.OneOff ? "true" : "false"];
                yield return [.. head, line.AmountUsd.ToString(CultureInfo.InvariantCulture), line.Formula, "", "", "", line.Source];
                foreach (var operand in line.Operands)
                    yield return [.. head, "", "", operand.Name, operand.Value.ToString("R", CultureInfo.InvariantCulture), operand.Unit, operand.Source];
            }
        }
    }
}
