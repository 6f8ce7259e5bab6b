namespace Planner.Data.Usage;

/// <summary>
/// A cloud's bill in the FinOps Open Cost and Usage Specification (FOCUS 1.0 to 1.2). Rows whose unit or meter speaks of tokens are usage; all others are left out as none.
/// Their cost is the effective one: it spreads commitments that were paid before over what they cover, where the billed cost is 0 for covered usage.
/// </summary>
internal sealed record FocusFormat() : LaidOutFormat("focus", "FOCUS bill")
{
    private static readonly string[] Dimensions = ["SkuId", "SkuPriceId", "SkuMeter", "ResourceId", "RegionId", "SubAccountId", "ChargeDescription"];

    /// <summary>What may say which kind of token a row bills, the most telling first.</summary>
    private static readonly string[] Descriptions = ["SkuMeter", "ChargeDescription", "SkuPriceDetails", "SkuId"];

    private static readonly string[] Read =
    [
        .. Dimensions, "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ConsumedQuantity", "ConsumedUnit", "PricingQuantity", "PricingUnit", "SkuPriceDetails", "ServiceName", "ProviderName",
        "ServiceProviderName", "EffectiveCost", "BillingCurrency", "CommitmentDiscountStatus",
    ];

    internal override bool Fits(UsageTable table) => table.Has("ChargePeriodStart", "ChargeCategory", "EffectiveCost", "BillingCurrency");

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = [.. Dimensions.Where(column => table.Has(column))],
        Start = "ChargePeriodStart",
        End = table.First("ChargePeriodEnd"),
        Seller = "provider",
        Model = "model",
        Input = "inputTokens",
        CacheRead = "cacheReadTokens",
        CacheWrite = ["cacheWriteTokens"],
        Output = "outputTokens",
        Cost = "EffectiveCost",
        Currency = "BillingCurrency",
        Usage = "isTokens",
    };

    /// <remarks>A row bills one kind of token, so that cached ones are no part of the rows of other prompt tokens. Where it does not say which, only its cost is known.</remarks>
    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table)
    {
        var layout = Dimensions.Concat(["ChargePeriodStart", "ChargePeriodEnd", "EffectiveCost", "BillingCurrency"]).ToDictionary(column => column, column => Cell(table, column), StringComparer.Ordinal);
        layout["provider"] = Cell(table, "ProviderName", "ServiceProviderName");
        // What is left of the meter without the words for what is metered: "gpt 4o 0806 Inp glbl Tokens" is of "gpt 4o 0806 glbl".
        layout["model"] =
            $"trim(regexp_replace(regexp_replace({Cell(table, "SkuMeter")}, '(?i)\\b(input|inp|output|outp|outpt|opt|cached|cache|cchd|read|write|prompt|completion|tokens?|per|units?|thousand|million|1[km])\\b', '', 'g'), '[\\s/_,:-]{{2,}}', ' ', 'g'), ' -_/,:')";
        layout["inputTokens"] = "CASE WHEN kind IN ('input', 'read', 'write') THEN tokens END";
        layout["cacheReadTokens"] = "CASE WHEN kind = 'read' THEN tokens END";
        layout["cacheWriteTokens"] = "CASE WHEN kind = 'write' THEN tokens END";
        layout["outputTokens"] = "CASE WHEN kind = 'output' THEN tokens END";
        // The unused part of a commitment costs, but nobody used it.
        layout["isTokens"] = $"CASE WHEN lower({Cell(table, "ChargeCategory")}) = 'usage' AND is_tokens AND coalesce(lower({Cell(table, "CommitmentDiscountStatus")}), '') <> 'unused' THEN 'true' ELSE 'false' END";
        return layout;
    }

    internal override string From(UsageTable table)
    {
        var (consumed, pricing) = (Cell(table, "ConsumedUnit"), Cell(table, "PricingUnit"));
        var said = string.Join(", ", Descriptions.Select(column => $"lower({Cell(table, column)})"));
        const string Words = "cach|cchd|inp|outp|prompt|complet|generat";
        return $"""
            (SELECT *, CASE WHEN regexp_matches(words, 'cach|cchd') THEN CASE WHEN regexp_matches(words, 'writ|creat') THEN 'write' ELSE 'read' END
                WHEN regexp_matches(words, 'outp|complet') THEN 'output' WHEN regexp_matches(words, 'inp|prompt') THEN 'input' WHEN words IS NOT NULL THEN 'output' END AS kind,
              coalesce(regexp_matches(lower(concat_ws(' ', {consumed}, {pricing}, {Cell(table, "SkuMeter")}, {Cell(table, "ServiceName")})), 'token'), false) AS is_tokens,
              CASE WHEN contains(lower({consumed}), 'token') OR NOT coalesce(contains(lower({pricing}), 'token'), false) AND filled({Cell(table, "ConsumedQuantity")})
                THEN {Tokens(Cell(table, "ConsumedQuantity"), consumed)} ELSE {Tokens(Cell(table, "PricingQuantity"), pricing)} END AS tokens
            FROM (SELECT *, list_filter([{said}], lambda text: regexp_matches(text, '{Words}'))[1] AS words
              FROM {table.Rows(Read.Where(column => table.Has(column)))}))
            """;
    }

    /// <summary>A quantity in units such as "Tokens", "1K tokens" or "Million Tokens" as a number of tokens.</summary>
    private static string Tokens(string quantity, string unit)
    {
        var count = $"coalesce(nullif(try_cast(replace(regexp_extract({unit}, '\\d[\\d,]*'), ',', '') AS DOUBLE), 0), 1)";
        var scale = $"CASE WHEN regexp_matches({unit}, '(?i)million|(^|[^a-z])m([ -]?tok|[^a-z]|$)') THEN 1000000 WHEN regexp_matches({unit}, '(?i)thousand|(^|[^a-z])k([ -]?tok|[^a-z]|$)') THEN 1000 ELSE 1 END";
        return $"coalesce(CAST(try_cast(round(try_cast({quantity} AS DOUBLE) * {count} * {scale}) AS BIGINT) AS VARCHAR), {quantity})";
    }
}
