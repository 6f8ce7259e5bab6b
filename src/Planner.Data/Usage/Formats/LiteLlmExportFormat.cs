namespace Planner.Data.Usage;

/// <summary>The CSV that the usage page of LiteLLM exports: a row for each day and team, tag or organisation; thousands may have separators.</summary>
internal sealed record LiteLlmExportFormat() : UsageFormat("litellm-export", "LiteLLM usage export")
{
    internal override bool Fits(UsageTable table) => table.Has("Date", "Spend ($)", "Requests");

    internal override UsageMapping MappingOf(UsageTable table)
    {
        if (table.Has("Tag"))
            throw new UsageRefusedException(UsageTexts.TagsOverlap);
        // Before exports by model said how many tokens were prompts, they gave each model the sum of all.
        if (table.Has("Model") && !table.Has("Prompt Tokens"))
            throw new UsageRefusedException(UsageTexts.ModelsRepeat);
        string[] counted = ["Date", "Model", "Spend ($)", "Requests", "Successful Requests", "Failed Requests", "Successful", "Failed"];
        return new UsageMapping
        {
            RowIsRequest = false,
            // What is left is the name and the id of the team or whatever the export is by.
            Dimensions = [.. table.Columns.Where(column => !counted.Contains(column, StringComparer.Ordinal) && !column.EndsWith("Tokens", StringComparison.Ordinal))],
            Start = "Date",
            Model = table.First("Model"),
            Requests = table.First("Successful Requests", "Successful", "Requests"),
            Failed = table.First("Failed Requests", "Failed"),
            Input = table.First("Prompt Tokens"),
            CacheRead = table.First("Cache Read Input Tokens", "Cache Read Tokens"),
            CacheWrite = table.First("Cache Creation Input Tokens", "Cache Creation Tokens") is { } write ? [write] : [],
            Output = table.First("Completion Tokens"),
            Cost = "Spend ($)",
        };
    }
}
