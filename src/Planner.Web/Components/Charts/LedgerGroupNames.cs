using Planner.Domain.Costs;

namespace Planner.Web.Components.Charts;

/// <summary>What pages call the ledger's groups.</summary>
public static class LedgerGroupNames
{
    public static string Of(string group) => group switch
    {
        LedgerGroups.ApiInput => ChartTexts.GroupApiInput,
        LedgerGroups.ApiOutput => ChartTexts.GroupApiOutput,
        LedgerGroups.ApiOther => ChartTexts.GroupApiOther,
        LedgerGroups.Compute => ChartTexts.GroupCompute,
        LedgerGroups.Extras => ChartTexts.GroupExtras,
        LedgerGroups.Operations => ChartTexts.GroupOperations,
        LedgerGroups.OneOff => ChartTexts.GroupOneOff,
        _ => group,
    };
}
