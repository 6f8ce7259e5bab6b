namespace Planner.Data.Usage;

/// <summary>Pages of Anthropic's <c>/v1/organizations/cost_report</c>: amounts in cents, without any count of tokens. The Priority Tier is not among them.</summary>
internal sealed record AnthropicCostFormat() : LaidOutFormat("anthropic-costs", "Anthropic cost report")
{
    private static readonly string[] Groups = ["workspace_id", "description", "cost_type", "token_type", "service_tier", "context_window", "inference_geo"];

    internal override bool Fits(UsageTable table) => table.Has("data") && table.IsPageWith("starting_at", "amount");

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = Groups,
        Start = "starting_at",
        End = "ending_at",
        DefaultSeller = "anthropic",
        Model = "model",
        Cost = "amount",
        CostInCents = true,
        Currency = "currency",
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) =>
        new Dictionary<string, string>(Groups.Concat(["model", "amount", "currency"]).Select(member => KeyValuePair.Create(member, Member("result", member))))
        {
            ["starting_at"] = Member("bucket", "starting_at"),
            ["ending_at"] = Member("bucket", "ending_at"),
        };

    internal override string From(UsageTable table) => Buckets(table);
}
