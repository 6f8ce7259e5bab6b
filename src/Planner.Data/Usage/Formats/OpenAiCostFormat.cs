namespace Planner.Data.Usage;

/// <summary>OpenAI's costs, as pages of <c>/v1/organization/costs</c> or as the dashboard's CSV: a row for each line item of a day, without any count of tokens.</summary>
internal sealed record OpenAiCostFormat() : LaidOutFormat("openai-costs", "OpenAI costs")
{
    internal override bool Fits(UsageTable table) => (table.Has("data") && table.IsPageWith("start_time", "amount")) || table.Has("start_time", "end_time", "amount_value");

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = ["line_item", "project_id", "api_key_id"],
        Start = "start_time",
        End = "end_time",
        DefaultSeller = "openai",
        Model = "model",
        Cost = "amount",
        Currency = "currency",
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table)
    {
        var isPage = table.Container == UsageContainer.JsonPage;
        var item = isPage ? Member("result", "line_item") : Cell(table, "line_item");
        return new Dictionary<string, string>
        {
            ["start_time"] = isPage ? Member("bucket", "start_time") : Cell(table, "start_time"),
            ["end_time"] = isPage ? Member("bucket", "end_time") : Cell(table, "end_time"),
            ["amount"] = isPage ? Member("result", "amount.value") : Cell(table, "amount_value"),
            ["currency"] = isPage ? Member("result", "amount.currency") : Cell(table, "amount_currency"),
            ["line_item"] = item,
            // An item is a model and what of it is charged, such as "gpt-4o, input".
            ["model"] = $"split_part({item}, ', ', 1)",
            ["project_id"] = isPage ? Member("result", "project_id") : Cell(table, "project_id"),
            ["api_key_id"] = isPage ? Member("result", "api_key_id") : Cell(table, "api_key_id"),
        };
    }

    internal override string From(UsageTable table) => table.Container == UsageContainer.JsonPage ? Buckets(table) : table.Rows(table.Columns);
}
