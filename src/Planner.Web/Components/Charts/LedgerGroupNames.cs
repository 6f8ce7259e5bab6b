using Planner.Domain.Costs;

namespace Planner.Web.Components.Charts;

/// <summary>What pages call the ledger's groups.</summary>
public static class LedgerGroupNames
{
    public static string Of(string group) => group switch
    {
        LedgerGroups.ApiInput => "API input",
        LedgerGroups.ApiOutput => "API output",
        LedgerGroups.ApiOther => "API other",
        LedgerGroups.Compute => "Compute",
        LedgerGroups.Extras => "Extras",
        LedgerGroups.Operations => "Operations",
        LedgerGroups.OneOff => "One-off",
        _ => group,
    };
}
