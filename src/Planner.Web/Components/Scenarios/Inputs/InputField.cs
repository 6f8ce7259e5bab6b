using System.Globalization;
using System.Text.RegularExpressions;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>What the page calls an input, and how it writes its values. Messages, ranges and notes speak of inputs in the words of their fields.</summary>
/// <param name="Label">Label of the field.</param>
/// <param name="Unit">Unit in the box; null for none.</param>
/// <param name="Percent">True where the value is a share that is shown and typed in percent.</param>
/// <param name="Name">What it is called apart from its neighbours; null where the label says it.</param>
public sealed partial record InputField(string Label, string? Unit = null, bool Percent = false, string? Name = null)
{
    private const string PerMillion = "$/M tokens";

    /// <summary>All fields by path; places in lists are left out, and so is what stands before a price sheet.</summary>
    private static readonly Dictionary<string, InputField> All = new()
    {
        ["name"] = new("Name", Name: "Name of the scenario"),
        ["notes"] = new("Notes"),
        ["startMonth"] = new("Start month"),
        ["hoursPerMonth"] = new("Hours per month", "h"),
        ["currency"] = new("Amounts are shown in"),
        ["exchange.unitsPerUsd"] = new("Exchange rate"),
        ["exchange.asOf"] = new("of", Name: "Day of the exchange rate"),
        ["exchange.source"] = new("Source of the rate"),
        ["baselineOptionId"] = new("What you pay today is"),
        ["baselineMonthlyUsd"] = new("Bill of a month", "USD/month"),
        ["options"] = new("Options"),
        ["ranges"] = new("Uncertainty"),
        ["workload.requestsPerMonth"] = new("Requests per month", "requests"),
        ["workload.volume.basis"] = new("Counted", Name: "How the volume is counted") { Choices = InputChoices.VolumeBases },
        ["workload.volume.users"] = new("Users", "users"),
        ["workload.volume.daysPerMonth"] = new("Days a month", "days"),
        ["workload.inputTokens"] = new("Input tokens", "tokens"),
        ["workload.outputTokens"] = new("Output tokens", "tokens"),
        ["workload.reasoningTokens"] = new("Reasoning tokens", "tokens"),
        ["workload.inputCv"] = new("Spread of input", "cv"),
        ["workload.outputCv"] = new("Spread of output", "cv"),
        ["workload.cacheReadShare"] = new("Read from cache", Percent: true),
        ["workload.cacheWriteShare"] = new("Written to cache", Percent: true),
        ["workload.batchShare"] = new("Batch requests", Percent: true),
        ["workload.retryShare"] = new("Retries", Percent: true),
        ["workload.growthPerMonth"] = new("Growth of requests", "% a month", true),
        ["workload.seasonality"] = new("Season"),
        ["workload.shape.kind"] = new("Load over the week") { Choices = InputChoices.Shapes },
        ["workload.shape.peakToMean"] = new("Peak to mean", "×"),
        ["workload.shape.hours"] = new("Hours of the batch window"),
        ["workload.shape.weights"] = new("Load by hour of the week"),
        ["workload.shape.timeZone"] = new("Time zone"),
        ["workload.shape.burstiness"] = new("Burstiness", "cv²"),
        ["workload.slo"] = new("Time to first token and time per token"),
        ["workload.slo.ttftMs"] = new("Time to first token", "ms"),
        ["workload.slo.tpotMs"] = new("Time per token", "ms"),
        ["workload.slo.percentile"] = new("Kept for", "% of requests", Name: "Share of requests for which targets are kept"),
        ["workload.requirements.dataStaysInside"] = new("Prompts may not leave the organisation"),
        ["workload.requirements.customModel"] = new("A model of our own is needed"),
        ["workload.requirements.regions"] = new("Regions allowed"),
        ["workload.requirements.minimumQualityTier"] = new("Lowest quality tier"),
        ["workload.levers.responseCache.on"] = new("Response cache"),
        ["workload.levers.responseCache.hitShare"] = new("Requests answered", Percent: true, Name: "Requests that the response cache answers"),
        ["workload.levers.responseCache.usdPerMonth"] = new("Its host", "USD/month", Name: "Host of the response cache"),
        ["workload.levers.promptCompression.on"] = new("Prompt compression"),
        ["workload.levers.promptCompression.share"] = new("Prompt saved", Percent: true, Name: "Prompt saved by compression"),
        ["workload.levers.promptCompression.usdPerMillionTokens"] = new("The compressor", PerMillion),
        ["workload.levers.prefixCache.on"] = new("Prefix cache"),
        ["workload.levers.prefixCache.share"] = new("Prompt read from it, at least", Percent: true, Name: "Prompt read from the prefix cache"),
        ["workload.levers.outputLimit.on"] = new("Output limit"),
        ["workload.levers.outputLimit.share"] = new("Output saved", Percent: true),
        ["workload.levers.batchApi.on"] = new("Batch API"),
        ["workload.levers.batchApi.share"] = new("Requests in batches, at least", Percent: true),
        ["workload.levers.distillation.on"] = new("Smaller, distilled model"),
        ["workload.levers.distillation.share"] = new("Requests that it takes", Percent: true, Name: "Requests that the smaller model takes"),
        ["workload.levers.distillation.apiPriceShare"] = new("Its API price", "% of the option's", true, "API price of the smaller model"),
        ["workload.levers.distillation.throughputFactor"] = new("Its throughput", "× the option's", Name: "Throughput of the smaller model"),
        ["workload.levers.distillation.oneOffUsd"] = new("Making it, once", "USD", Name: "Making the smaller model, once"),
        ["horizon.months"] = new("Length", "months", Name: "Length of the horizon"),
        ["horizon.discountRatePerYear"] = new("Discount rate", "% a year", true),
        ["horizon.apiPriceDriftPerYear"] = new("API prices", "% a year", true, "API prices over the years"),
        ["horizon.instancePriceDriftPerYear"] = new("Rents of instances", "% a year", true, "Rents of instances over the years"),
        ["horizon.switchMonth"] = new("Switch begins in month", "month"),
        ["horizon.rampMonths"] = new("Months with both", "months"),
        ["evidence"] = new("Notes on inputs"),
        ["evidence.note"] = new("Note"),
        ["evidence.url"] = new("Link"),
        ["evidence.path"] = new("Input"),
        ["evidence.measured"] = new("Measured value"),
        ["options.id"] = new("Id"),
        ["options.kind"] = new("Kind", Name: "Kind of option") { Choices = InputChoices.OptionKinds },
        ["options.name"] = new("Name"),
        ["options.priceKey"] = new("Price sheet"),
        ["options.tokenFactor"] = new("Tokenizer factor", "×"),
        ["options.assumedBatchPriceShare"] = new("Batch price, assumed", "% of normal", true),
        ["options.limits.requestsPerMinute"] = new("Requests", "per minute", Name: "Limit of requests"),
        ["options.limits.tokensPerMinute"] = new("Tokens", "per minute", Name: "Limit of tokens"),
        ["options.limits.inputTokensPerMinute"] = new("Input tokens", "per minute", Name: "Limit of input tokens"),
        ["options.limits.outputTokensPerMinute"] = new("Output tokens", "per minute", Name: "Limit of output tokens"),
        ["options.latency.ttftMs"] = new("Time to first token", "ms"),
        ["options.latency.tpotMs"] = new("Time per token", "ms"),
        ["options.discountShare"] = new("Discount", Percent: true),
        ["options.commitment.discountShare"] = new("Further, if committed", Percent: true, Name: "Further discount, if committed"),
        ["options.commitment.minimumMonthlyUsd"] = new("Committed minimum", "USD/month"),
        ["options.committedMonthlyUsd"] = new("Fixed charge on top", "USD/month"),
        ["options.creditsUsd"] = new("Cloud credits", "USD"),
        ["options.provisioned.usdPerUnitHour"] = new("Price of a unit", "USD/h"),
        ["options.provisioned.tokensPerSecondPerUnit"] = new("A unit serves", "tokens/s"),
        ["options.provisioned.basis"] = new("Tokens counted", Name: "Tokens that a unit counts") { Choices = InputChoices.UnitBases },
        ["options.provisioned.units"] = new("Units", "units"),
        ["options.provisioned.spillToTokens"] = new("Tokens above the units go at token prices"),
        ["options.priceChanges"] = new("Announced prices"),
        ["options.priceChanges.from"] = new("From", Name: "Month from which announced prices hold"),
        ["options.model"] = new("Model"),
        ["options.instanceKey"] = new("Instance"),
        ["options.instanceUsdPerHour"] = new("Hourly price", "USD/h"),
        ["options.gpu"] = new("GPU"),
        ["options.throughput.kind"] = new("Throughput is", Name: "Kind of throughput") { Choices = InputChoices.Throughputs },
        ["options.throughput.tokensPerSecond"] = new("Replica throughput", "tokens/s"),
        ["options.throughput.basis"] = new("Tokens counted", Name: "Tokens that the throughput counts") { Choices = InputChoices.TokenBases },
        ["options.loadFactor"] = new("Load factor", Percent: true),
        ["options.fleet.sizing"] = new("Fleet") { Choices = InputChoices.Sizings },
        ["options.fleet.instances"] = new("Instances", "instances"),
        ["options.fleet.minimumReplicas"] = new("Fewest replicas", "replicas"),
        ["options.fleet.spareReplicas"] = new("Spare replicas", "replicas"),
        ["options.fleet.coldStartMinutes"] = new("Cold start", "min"),
        ["options.fleet.stepReplicas"] = new("Grows by", "replicas"),
        ["options.fleet.schedule"] = new("Replicas that run in each hour"),
        ["options.fleet.runningHoursPerMonth"] = new("Running hours", "h/month"),
        ["options.fleet.offHours"] = new("Hours in which the fleet is off"),
        ["options.tensorParallel"] = new("Tensor parallel", "GPUs"),
        ["options.precision"] = new("Precision") { Choices = InputChoices.Precisions },
        ["options.kvPrecision"] = new("KV cache", Name: "Precision of the KV cache") { Choices = InputChoices.CachePrecisions },
        ["options.engine"] = new("Engine") { Choices = InputChoices.Engines },
        ["options.pipelineParallel"] = new("Pipeline stages", "stages"),
        ["options.dataParallel"] = new("Data parallel", "ranks"),
        ["options.maxSequences"] = new("Sequences at once", "sequences"),
        ["options.gpuMemoryUtilization"] = new("GPU memory in use", Percent: true),
        ["options.prefixCacheShare"] = new("Prefix cache hits", Percent: true),
        ["options.speculative.draftTokens"] = new("Speculative tokens", "tokens"),
        ["options.speculative.acceptanceShare"] = new("Accepted", Percent: true, Name: "Speculative tokens accepted"),
        ["options.speculative.draftTimeShare"] = new("Time of the draft", Percent: true),
        ["options.purchaseMix"] = new("Bought", Name: "How instances are bought") { Choices = InputChoices.Mixes },
        ["options.maximumSpotShare"] = new("On spot at most", "% of what is paid by the hour", true),
        ["options.purchase"] = new("Purchase"),
        ["options.purchase.kind"] = new("Kind", Name: "Kind of purchase") { Choices = InputChoices.PurchaseKinds },
        ["options.purchase.share"] = new("Share", Percent: true, Name: "Share of the instances"),
        ["options.purchase.usdPerHour"] = new("Own price", "USD/h"),
        ["options.purchase.upfrontShare"] = new("Paid upfront", Percent: true),
        ["options.purchase.interruptionsPerMonth"] = new("Interruptions", "a month"),
        ["options.purchase.restartMinutes"] = new("Gone for", "min", Name: "Minutes gone after an interruption"),
        ["options.purchase.backup"] = new("Meanwhile", Name: "What stands in for spot") { Choices = InputChoices.Backups },
        ["options.owned.priceUsd"] = new("Purchase price", "USD"),
        ["options.owned.lifeMonths"] = new("Used for", "months", Name: "Months for which machines are used"),
        ["options.owned.residualShare"] = new("Then worth", "% of the price", true, "Worth at the end of use"),
        ["options.owned.costOfCapitalPerYear"] = new("Cost of capital", "% a year", true),
        ["options.owned.powerKw"] = new("Mean power", "kW"),
        ["options.owned.usdPerKwh"] = new("Tariff", "USD/kWh"),
        ["options.owned.pue"] = new("Building ÷ machine (PUE)", "×"),
        ["options.owned.colocationUsdPerMonth"] = new("Rack space", "USD/month"),
        ["options.owned.supportSharePerYear"] = new("Support", "% of the price a year", true),
        ["options.owned.sparePartsShare"] = new("Spare parts", "% of the price", true),
        ["options.additionalFleets"] = new("Staging and disaster recovery"),
        ["options.additionalFleets.name"] = new("Fleet", Name: "Name"),
        ["options.additionalFleets.instances"] = new("Instances", "instances"),
        ["options.additionalFleets.hoursPerMonth"] = new("Runs for", "h/month", Name: "Running hours"),
        ["options.additionalFleets.purchase"] = new("Bought", Name: "How it is bought") { Choices = InputChoices.RentedKinds },
        ["options.additionalFleets.usdPerHour"] = new("Own price", "USD/h"),
        ["options.tenancy.tenants"] = new("Tenants", "tenants"),
        ["options.tenancy.kind"] = new("Served by", Name: "What serves the tenants") { Choices = InputChoices.Tenancies },
        ["options.tenancy.overheadShare"] = new("Throughput lost", Percent: true),
        ["options.overheadShare"] = new("Overhead on infrastructure", Percent: true),
        ["options.people.hoursPerMonth"] = new("or people", "h/month", Name: "People"),
        ["options.people.usdPerHour"] = new("at", "USD/h", Name: "Rate of people"),
        ["options.leadMonths"] = new("Months until it can run", "months"),
        ["options.hiring"] = new("People who join later"),
        ["options.hiring.fromMonth"] = new("From month", "month", Name: "Month from which people join"),
        ["options.hiring.hoursPerMonth"] = new("people for", "h/month", Name: "People who join"),
        ["options.hiring.usdPerHour"] = new("at", "USD/h", Name: "Rate of people who join"),
        ["options.extras"] = new("Further monthly lines"),
        ["options.extras.name"] = new("Line", Name: "Name"),
        ["options.extras.usdPerMonth"] = new("Fixed", "USD/month", Name: "Fixed amount"),
        ["options.extras.usdPerMillionTokens"] = new("or by volume", PerMillion, Name: "Amount by volume"),
        ["options.oneOff"] = new("One-off costs"),
        ["options.oneOff.name"] = new("Cost", Name: "Name"),
        ["options.oneOff.hours"] = new("Work", "h"),
        ["options.oneOff.usdPerHour"] = new("at", "USD/h", Name: "Rate of the work"),
        ["options.oneOff.usd"] = new("and a sum", "USD", Name: "Sum"),
        ["options.oneOff.everyMonths"] = new("again every", "months", Name: "Months until it comes again"),
        ["options.mode"] = new("The mix", Name: "Mode of the mix") { Choices = InputChoices.Modes },
        ["options.fleetOptionId"] = new("Fleet"),
        ["options.apiOptionId"] = new("API"),
        ["options.replicas"] = new("Base fleet", "replicas"),
        ["options.hours"] = new("Hours that go to the API"),
        ["options.downtimeShare"] = new("The fleet is down", "% of the time", true),
        ["options.routes"] = new("Tasks"),
        ["options.routes.task"] = new("Task", Name: "Name"),
        ["options.routes.optionId"] = new("Goes to"),
        ["options.routes.share"] = new("Share", Percent: true),
        ["options.routes.inputTokens"] = new("Input tokens", "tokens"),
        ["options.routes.outputTokens"] = new("Output tokens", "tokens"),
        ["price.tiers"] = new("Prices by length of the prompt"),
        ["price.tiers.aboveTokens"] = new("Above", "tokens", Name: "Length above which a tier holds"),
        ["price.inputUsdPerM"] = new("Input", PerMillion, Name: "Price of input"),
        ["price.outputUsdPerM"] = new("Output", PerMillion, Name: "Price of output"),
        ["price.cacheReadUsdPerM"] = new("Cache read", PerMillion, Name: "Price of cache reads"),
        ["price.cacheWriteUsdPerM"] = new("Cache write", PerMillion, Name: "Price of cache writes"),
        ["price.batchInputUsdPerM"] = new("Batch input", PerMillion, Name: "Price of batch input"),
        ["price.batchOutputUsdPerM"] = new("Batch output", PerMillion, Name: "Price of batch output"),
    };

    /// <summary>The words that it offers; empty for any text or number.</summary>
    public IReadOnlyList<SelectOption> Choices { get; init; } = [];

    private static Regex Between => Limits(Planner.Domain.Texts.Between);
    private static Regex Above => Limits(Planner.Domain.Texts.Above);
    private static Regex UnknownOption => Limits(Planner.Domain.Texts.BaselineUnknown);

    /// <summary>The field of an input, or of the input that a range is for; null where the page has none.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="path">The input's path in the document.</param>
    public static InputField? At(Scenario scenario, string path)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(path);
        if (EntryAt("ranges", scenario.Ranges, path) is (var range, _))
        {
            return range.Path.StartsWith("ranges", StringComparison.Ordinal) ? null : At(scenario, range.Path);
        }

        var key = Place().Replace(path, "");
        if (key == "workload.volume.value")
        {
            return OfVolume(scenario.Workload.Volume?.Basis);
        }

        if (Month().Match(path) is { Success: true } month)
        {
            var name = CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedMonthName(int.Parse(month.Groups[1].Value, CultureInfo.InvariantCulture) + 1);
            return new InputField(name, "×", Name: $"Season, {name}");
        }

        // A tier has the prices of its sheet.
        var sheet = key.IndexOf("price.", StringComparison.Ordinal);
        return All.GetValueOrDefault(key) ?? (sheet > 0 ? All.GetValueOrDefault(key[sheet..]) ?? All.GetValueOrDefault(key[sheet..].Replace(".tiers.", ".", StringComparison.Ordinal)) : null);
    }

    /// <summary>An input in the words of the page: "Read from cache", "GPT-4o: Price of input", "Fleet: Storage: Fixed amount".</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="path">The input's path in the document.</param>
    public static string NameOf(Scenario scenario, string path)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(path);
        if (EntryAt("ranges", scenario.Ranges, path) is var (range, end))
        {
            var ranged = range.Path.StartsWith("ranges", StringComparison.Ordinal) ? range.Path : NameOf(scenario, range.Path);
            return end is "low" or "likely" or "high" ? $"Range of {ranged}: {end}" : $"Range of {ranged}";
        }

        if (EntryAt("evidence", scenario.Evidence, path) is var (evidence, part))
        {
            var noted = evidence.Path.StartsWith("evidence", StringComparison.Ordinal) ? evidence.Path : NameOf(scenario, evidence.Path);
            return part switch { "" or "note" => $"Note on {noted}", "url" => $"Link on {noted}", "measured" => $"Measured value of {noted}", _ => $"Input of the note on {noted}" };
        }

        if (EntryAt("options", scenario.Options, path) is not var (option, rest))
        {
            return !path.StartsWith("options[", StringComparison.Ordinal) && At(scenario, path) is { } field ? field.Name ?? field.Label : InputNames.Of(scenario, path);
        }

        if (rest.Length == 0)
        {
            return option.Name;
        }

        var own = At(scenario, path) is { } found ? found.Name ?? found.Label : InputNames.Words(rest[(rest.LastIndexOf('.') + 1)..]);
        return EntryOf(option, rest) is { Length: > 0 } entry ? $"{option.Name}: {entry}: {own}" : $"{option.Name}: {own}";
    }

    /// <summary>A message of the engine in the words of the page: paths of inputs become their names.</summary>
    /// <param name="scenario">The scenario of which it speaks.</param>
    /// <param name="message">The message.</param>
    public static string InWords(Scenario scenario, string message) => PathInText().Replace(message, path => $"“{NameOf(scenario, path.Value)}”");

    /// <summary>The fault of an input in the words of the page: limits in the unit of its field, and of a removed option that it was removed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="fault">The fault.</param>
    public static string FaultInWords(Scenario scenario, Problem fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Path.EndsWith("ptionId", StringComparison.Ordinal) && fault.Path != "baselineOptionId" && UnknownOption.IsMatch(fault.Message))
        {
            return Texts.MixPartRemoved;
        }

        if (At(scenario, fault.Path) is { Percent: true })
        {
            foreach (var (limits, text) in ((Regex, string)[])[(Between, Texts.PercentBetween), (Above, Texts.PercentAbove)])
            {
                if (limits.Match(fault.Message) is { Success: true } match && InPercent(match.Groups[1].Value) is { } low && InPercent(match.Groups[2].Value) is { } high)
                {
                    return text.With(low, high);
                }
            }
        }

        return InWords(scenario, fault.Message);
    }

    private static InputField OfVolume(string? basis) => basis switch
    {
        VolumeBases.RequestsPerDay => new("Requests per day", "requests"),
        VolumeBases.RequestsPerUserPerDay => new("Requests per user", "requests"),
        VolumeBases.TokensPerMonth => new("Tokens per month", "tokens"),
        _ => new("Tokens per day", "tokens"),
    };

    /// <summary>What an entry of one of an option's lists is called; null where the path leads to none.</summary>
    private static string? EntryOf(Option option, string rest) => option switch
    {
        SelfHostOption fleet => EntryAt("extras", fleet.Extras, rest)?.Entry.Name ?? EntryAt("oneOff", fleet.OneOff, rest)?.Entry.Name
            ?? EntryAt("additionalFleets", fleet.AdditionalFleets, rest)?.Entry.Name ?? (EntryAt("purchase", fleet.Purchase, rest) is (var share, _) ? PurchaseView.KindName(share.Kind) : null),
        HybridOption mix => EntryAt("routes", mix.Routes, rest)?.Entry.Task,
        ApiOption api => EntryAt("priceChanges", api.PriceChanges, rest) is (var change, _) ? $"from {change.From}" : null,
        _ => null,
    };

    /// <summary>The entry of a list that a path leads through, and the path within it; null where it leads through none.</summary>
    private static (T Entry, string Below)? EntryAt<T>(string name, IReadOnlyList<T> list, string path)
    {
        var start = name.Length + 1;
        var end = path.StartsWith($"{name}[", StringComparison.Ordinal) ? path.IndexOf(']', start) : -1;
        return end > 0 && int.TryParse(path.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < list.Count
            ? (list[place], path[(end + 1)..].TrimStart('.'))
            : null;
    }

    private static string? InPercent(string share) =>
        decimal.TryParse(share, NumberStyles.Number, CultureInfo.CurrentCulture, out var value) ? NumberText.Write(value * 100, CultureInfo.CurrentCulture) : null;

    private static Regex Limits(string text) =>
        new($"^{Regex.Escape(text).Replace(@"\{0}", "(.+?)", StringComparison.Ordinal).Replace(@"\{1}", "(.+?)", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\[\d{1,4}\]")]
    private static partial Regex Place();

    [GeneratedRegex(@"^workload\.seasonality\[(\d{1,2})\]$")]
    private static partial Regex Month();

    // Other words of a sentence hold no point followed by a letter.
    [GeneratedRegex(@"(?<![\p{L}\p{N}_.“])(?:(?:workload|horizon|exchange)(?:\[\d{1,4}\])?(?:\.[a-z]\w*(?:\[\d{1,4}\])*)+|(?:options|ranges)\[\d{1,4}\](?:\.[a-z]\w*(?:\[\d{1,4}\])*)*|hoursPerMonth|startMonth|baselineMonthlyUsd|baselineOptionId)\b(?!”)")]
    private static partial Regex PathInText();
}
