using System.Globalization;
using System.Text.RegularExpressions;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>What the page calls an input, and how it writes its values. Messages, ranges and notes speak of inputs in the words of their fields.</summary>
/// <param name="Label">Label of the field.</param>
/// <param name="Unit">Unit in the box; null for none.</param>
/// <param name="Percent">True where the value is a share that is shown and typed in percent.</param>
/// <param name="Name">What it is called apart from its neighbours; null where the label says it.</param>
public sealed partial record InputField(string Label, string? Unit = null, bool Percent = false, string? Name = null)
{
    /// <summary>All fields by path; places in lists are left out, and so is what stands before a price sheet. What they are called is found by their path in the texts.</summary>
    private static readonly Dictionary<string, Kind> All = new()
    {
        ["name"] = new(),
        ["notes"] = new(),
        ["startMonth"] = new(),
        ["hoursPerMonth"] = new(() => "h"),
        ["currency"] = new(),
        ["exchange.unitsPerUsd"] = new(),
        ["exchange.asOf"] = new(),
        ["exchange.source"] = new(),
        ["baselineOptionId"] = new(),
        ["baselineMonthlyUsd"] = new(() => InputsTexts.UnitUsdPerMonth),
        ["options"] = new(),
        ["ranges"] = new(),
        ["workload.requestsPerMonth"] = new(() => InputsTexts.UnitRequests),
        ["workload.volume.basis"] = new(Choices: () => InputChoices.VolumeBases),
        ["workload.volume.users"] = new(() => InputsTexts.UnitUsers),
        ["workload.volume.daysPerMonth"] = new(() => InputsTexts.UnitDays, Steps: true),
        ["workload.inputTokens"] = new(() => InputsTexts.UnitTokens),
        ["workload.outputTokens"] = new(() => InputsTexts.UnitTokens),
        ["workload.reasoningTokens"] = new(() => InputsTexts.UnitTokens),
        ["workload.inputCv"] = new(() => "cv"),
        ["workload.outputCv"] = new(() => "cv"),
        ["workload.cacheReadShare"] = new(Percent: true),
        ["workload.cacheWriteShare"] = new(Percent: true),
        ["workload.batchShare"] = new(Percent: true),
        ["workload.retryShare"] = new(Percent: true),
        ["workload.growthPerMonth"] = new(() => InputsTexts.UnitPercentAMonth, true),
        ["workload.seasonality"] = new(),
        ["workload.shape.kind"] = new(Choices: () => InputChoices.Shapes),
        ["workload.shape.peakToMean"] = new(() => "×"),
        ["workload.shape.hours"] = new(),
        ["workload.shape.weights"] = new(),
        ["workload.shape.timeZone"] = new(),
        ["workload.shape.burstiness"] = new(() => "cv²"),
        ["workload.slo"] = new(),
        ["workload.slo.ttftMs"] = new(() => "ms"),
        ["workload.slo.tpotMs"] = new(() => "ms"),
        ["workload.slo.percentile"] = new(() => InputsTexts.UnitPercentOfRequests),
        ["workload.requirements.dataStaysInside"] = new(),
        ["workload.requirements.customModel"] = new(),
        ["workload.requirements.regions"] = new(),
        ["workload.requirements.minimumQualityTier"] = new(),
        ["workload.levers.responseCache.on"] = new(),
        ["workload.levers.responseCache.hitShare"] = new(Percent: true),
        ["workload.levers.responseCache.usdPerMonth"] = new(() => InputsTexts.UnitUsdPerMonth),
        ["workload.levers.promptCompression.on"] = new(),
        ["workload.levers.promptCompression.share"] = new(Percent: true),
        ["workload.levers.promptCompression.usdPerMillionTokens"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["workload.levers.prefixCache.on"] = new(),
        ["workload.levers.prefixCache.share"] = new(Percent: true),
        ["workload.levers.outputLimit.on"] = new(),
        ["workload.levers.outputLimit.share"] = new(Percent: true),
        ["workload.levers.batchApi.on"] = new(),
        ["workload.levers.batchApi.share"] = new(Percent: true),
        ["workload.levers.distillation.on"] = new(),
        ["workload.levers.distillation.share"] = new(Percent: true),
        ["workload.levers.distillation.apiPriceShare"] = new(() => InputsTexts.UnitPercentOfOption, true),
        ["workload.levers.distillation.throughputFactor"] = new(() => InputsTexts.UnitTimesOption),
        ["workload.levers.distillation.oneOffUsd"] = new(() => "USD"),
        ["horizon.months"] = new(() => InputsTexts.UnitMonths, Steps: true),
        ["horizon.discountRatePerYear"] = new(() => InputsTexts.UnitPercentAYear, true),
        ["horizon.apiPriceDriftPerYear"] = new(() => InputsTexts.UnitPercentAYear, true),
        ["horizon.instancePriceDriftPerYear"] = new(() => InputsTexts.UnitPercentAYear, true),
        ["horizon.switchMonth"] = new(() => InputsTexts.UnitMonth, Steps: true),
        ["horizon.rampMonths"] = new(() => InputsTexts.UnitMonths, Steps: true),
        ["evidence"] = new(),
        ["evidence.note"] = new(),
        ["evidence.url"] = new(),
        ["evidence.path"] = new(),
        ["evidence.measured"] = new(),
        ["options.id"] = new(),
        ["options.kind"] = new(Choices: () => InputChoices.OptionKinds),
        ["options.name"] = new(),
        ["options.priceKey"] = new(),
        ["options.tokenFactor"] = new(() => "×"),
        ["options.assumedBatchPriceShare"] = new(() => InputsTexts.UnitPercentOfNormal, true),
        ["options.limits.requestsPerMinute"] = new(() => InputsTexts.UnitPerMinute),
        ["options.limits.tokensPerMinute"] = new(() => InputsTexts.UnitPerMinute),
        ["options.limits.inputTokensPerMinute"] = new(() => InputsTexts.UnitPerMinute),
        ["options.limits.outputTokensPerMinute"] = new(() => InputsTexts.UnitPerMinute),
        ["options.latency.ttftMs"] = new(() => "ms"),
        ["options.latency.tpotMs"] = new(() => "ms"),
        ["options.discountShare"] = new(Percent: true),
        ["options.commitment.discountShare"] = new(Percent: true),
        ["options.commitment.minimumMonthlyUsd"] = new(() => InputsTexts.UnitUsdPerMonth),
        ["options.committedMonthlyUsd"] = new(() => InputsTexts.UnitUsdPerMonth),
        ["options.creditsUsd"] = new(() => "USD"),
        ["options.provisioned.usdPerUnitHour"] = new(() => "USD/h"),
        ["options.provisioned.tokensPerSecondPerUnit"] = new(() => InputsTexts.UnitTokensPerSecond),
        ["options.provisioned.basis"] = new(Choices: () => InputChoices.UnitBases),
        ["options.provisioned.units"] = new(() => InputsTexts.UnitUnits, Steps: true),
        ["options.provisioned.spillToTokens"] = new(),
        ["options.priceChanges"] = new(),
        ["options.priceChanges.from"] = new(),
        ["options.model"] = new(),
        ["options.instanceKey"] = new(),
        ["options.instanceUsdPerHour"] = new(() => "USD/h"),
        ["options.gpu"] = new(),
        ["options.throughput.kind"] = new(Choices: () => InputChoices.Throughputs),
        ["options.throughput.tokensPerSecond"] = new(() => InputsTexts.UnitTokensPerSecond),
        ["options.throughput.basis"] = new(Choices: () => InputChoices.TokenBases),
        ["options.loadFactor"] = new(Percent: true),
        ["options.fleet.sizing"] = new(Choices: () => InputChoices.Sizings),
        ["options.fleet.instances"] = new(() => InputsTexts.UnitInstances, Steps: true),
        ["options.fleet.minimumReplicas"] = new(() => InputsTexts.UnitReplicas, Steps: true),
        ["options.fleet.spareReplicas"] = new(() => InputsTexts.UnitReplicas, Steps: true),
        ["options.fleet.coldStartMinutes"] = new(() => "min"),
        ["options.fleet.stepReplicas"] = new(() => InputsTexts.UnitReplicas, Steps: true),
        ["options.fleet.schedule"] = new(),
        ["options.fleet.runningHoursPerMonth"] = new(() => InputsTexts.UnitHoursPerMonth),
        ["options.fleet.offHours"] = new(),
        ["options.tensorParallel"] = new(() => "GPUs", Steps: true),
        ["options.precision"] = new(Choices: () => InputChoices.Precisions),
        ["options.kvPrecision"] = new(Choices: () => InputChoices.CachePrecisions),
        ["options.engine"] = new(Choices: () => InputChoices.Engines),
        ["options.pipelineParallel"] = new(() => InputsTexts.UnitStages, Steps: true),
        ["options.dataParallel"] = new(() => InputsTexts.UnitRanks, Steps: true),
        ["options.maxSequences"] = new(() => InputsTexts.UnitSequences),
        ["options.gpuMemoryUtilization"] = new(Percent: true),
        ["options.prefixCacheShare"] = new(Percent: true),
        ["options.speculative.draftTokens"] = new(() => InputsTexts.UnitTokens, Steps: true),
        ["options.speculative.acceptanceShare"] = new(Percent: true),
        ["options.speculative.draftTimeShare"] = new(Percent: true),
        ["options.purchaseMix"] = new(Choices: () => InputChoices.Mixes),
        ["options.maximumSpotShare"] = new(() => InputsTexts.UnitPercentOfHourly, true),
        ["options.purchase"] = new(),
        ["options.purchase.kind"] = new(Choices: () => InputChoices.PurchaseKinds),
        ["options.purchase.share"] = new(Percent: true),
        ["options.purchase.usdPerHour"] = new(() => "USD/h"),
        ["options.purchase.upfrontShare"] = new(Percent: true),
        ["options.purchase.interruptionsPerMonth"] = new(() => InputsTexts.UnitAMonth),
        ["options.purchase.restartMinutes"] = new(() => "min"),
        ["options.purchase.backup"] = new(Choices: () => InputChoices.Backups),
        ["options.owned.priceUsd"] = new(() => "USD"),
        ["options.owned.lifeMonths"] = new(() => InputsTexts.UnitMonths, Steps: true),
        ["options.owned.residualShare"] = new(() => InputsTexts.UnitPercentOfPrice, true),
        ["options.owned.costOfCapitalPerYear"] = new(() => InputsTexts.UnitPercentAYear, true),
        ["options.owned.powerKw"] = new(() => "kW"),
        ["options.owned.usdPerKwh"] = new(() => "USD/kWh"),
        ["options.owned.pue"] = new(() => "×"),
        ["options.owned.colocationUsdPerMonth"] = new(() => InputsTexts.UnitUsdPerMonth),
        ["options.owned.supportSharePerYear"] = new(() => InputsTexts.UnitPercentOfPriceAYear, true),
        ["options.owned.sparePartsShare"] = new(() => InputsTexts.UnitPercentOfPrice, true),
        ["options.additionalFleets"] = new(),
        ["options.additionalFleets.name"] = new(),
        ["options.additionalFleets.instances"] = new(() => InputsTexts.UnitInstances, Steps: true),
        ["options.additionalFleets.hoursPerMonth"] = new(() => InputsTexts.UnitHoursPerMonth),
        ["options.additionalFleets.purchase"] = new(Choices: () => InputChoices.RentedKinds),
        ["options.additionalFleets.usdPerHour"] = new(() => "USD/h"),
        ["options.tenancy.tenants"] = new(() => InputsTexts.UnitTenants, Steps: true),
        ["options.tenancy.kind"] = new(Choices: () => InputChoices.Tenancies),
        ["options.tenancy.overheadShare"] = new(Percent: true),
        ["options.overheadShare"] = new(Percent: true),
        ["options.people.hoursPerMonth"] = new(() => InputsTexts.UnitHoursPerMonth),
        ["options.people.usdPerHour"] = new(() => "USD/h"),
        ["options.leadMonths"] = new(() => InputsTexts.UnitMonths, Steps: true),
        ["options.hiring"] = new(),
        ["options.hiring.fromMonth"] = new(() => InputsTexts.UnitMonth, Steps: true),
        ["options.hiring.hoursPerMonth"] = new(() => InputsTexts.UnitHoursPerMonth),
        ["options.hiring.usdPerHour"] = new(() => "USD/h"),
        ["options.extras"] = new(),
        ["options.extras.name"] = new(),
        ["options.extras.usdPerMonth"] = new(() => InputsTexts.UnitUsdPerMonth),
        ["options.extras.usdPerMillionTokens"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["options.oneOff"] = new(),
        ["options.oneOff.name"] = new(),
        ["options.oneOff.hours"] = new(() => "h"),
        ["options.oneOff.usdPerHour"] = new(() => "USD/h"),
        ["options.oneOff.usd"] = new(() => "USD"),
        ["options.oneOff.everyMonths"] = new(() => InputsTexts.UnitMonths, Steps: true),
        ["options.mode"] = new(Choices: () => InputChoices.Modes),
        ["options.fleetOptionId"] = new(),
        ["options.apiOptionId"] = new(),
        ["options.replicas"] = new(() => InputsTexts.UnitReplicas, Steps: true),
        ["options.hours"] = new(),
        ["options.downtimeShare"] = new(() => InputsTexts.UnitPercentOfTime, true),
        ["options.routes"] = new(),
        ["options.routes.task"] = new(),
        ["options.routes.optionId"] = new(),
        ["options.routes.share"] = new(Percent: true),
        ["options.routes.inputTokens"] = new(() => InputsTexts.UnitTokens),
        ["options.routes.outputTokens"] = new(() => InputsTexts.UnitTokens),
        ["price.tiers"] = new(),
        ["price.tiers.aboveTokens"] = new(() => InputsTexts.UnitTokens),
        ["price.inputUsdPerM"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["price.outputUsdPerM"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["price.cacheReadUsdPerM"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["price.cacheWriteUsdPerM"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["price.batchInputUsdPerM"] = new(() => InputsTexts.UnitPerMillionTokens),
        ["price.batchOutputUsdPerM"] = new(() => InputsTexts.UnitPerMillionTokens),
    };

    /// <summary>The paths of all fields, as they are told apart.</summary>
    internal static IEnumerable<string> Paths => All.Keys;

    /// <summary>The words that it offers; empty for any text or number.</summary>
    public IReadOnlyList<SelectOption> Choices { get; init; } = [];

    /// <summary>True where it is a part of a whole, 0 to 100 %, which can be slid.</summary>
    public bool Slides { get; init; }

    /// <summary>True where it counts things, which can be stepped through.</summary>
    public bool Steps { get; init; }

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
            return new InputField(name, "×", Name: InputsTexts.SeasonOf.With(name));
        }

        // A tier has the prices of its sheet.
        var sheet = key.IndexOf("price.", StringComparison.Ordinal);
        return Of(key) ?? (sheet > 0 ? Of(key[sheet..]) ?? Of(key[sheet..].Replace(".tiers.", ".", StringComparison.Ordinal)) : null);
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
            return (end switch { "low" => InputsTexts.RangeLow, "likely" => InputsTexts.RangeLikely, "high" => InputsTexts.RangeHigh, _ => InputsTexts.RangeOf }).With(ranged);
        }

        if (EntryAt("evidence", scenario.Evidence, path) is var (evidence, part))
        {
            var noted = evidence.Path.StartsWith("evidence", StringComparison.Ordinal) ? evidence.Path : NameOf(scenario, evidence.Path);
            return (part switch { "" or "note" => InputsTexts.NoteOn, "url" => InputsTexts.LinkOn, "measured" => InputsTexts.MeasuredOf, _ => InputsTexts.NotedInput }).With(noted);
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
    public static string InWords(Scenario scenario, string message) => PathInText().Replace(message, path => InputsTexts.Quoted.With(NameOf(scenario, path.Value)));

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

    private static InputField? Of(string key)
    {
        if (!All.TryGetValue(key, out var kind))
        {
            return null;
        }

        var entry = key.Replace('.', '_');
        return new InputField(Text($"Label_{entry}") ?? key, kind.Unit?.Invoke(), kind.Percent, Text($"Name_{entry}")) { Choices = kind.Choices?.Invoke() ?? [], Slides = kind is { Percent: true, Unit: null }, Steps = kind.Steps };
    }

    private static string? Text(string entry) => InputsTexts.ResourceManager.GetString(entry, CultureInfo.CurrentUICulture);

    private static InputField OfVolume(string? basis) => basis switch
    {
        VolumeBases.RequestsPerDay => new(InputsTexts.RequestsPerDay, InputsTexts.UnitRequests),
        VolumeBases.RequestsPerUserPerDay => new(InputsTexts.RequestsPerUser, InputsTexts.UnitRequests),
        VolumeBases.TokensPerMonth => new(InputsTexts.TokensPerMonth, InputsTexts.UnitTokens),
        _ => new(InputsTexts.TokensPerDay, InputsTexts.UnitTokens),
    };

    /// <summary>What an entry of one of an option's lists is called; null where the path leads to none.</summary>
    private static string? EntryOf(Option option, string rest) => option switch
    {
        SelfHostOption fleet => EntryAt("extras", fleet.Extras, rest)?.Entry.Name ?? EntryAt("oneOff", fleet.OneOff, rest)?.Entry.Name
            ?? EntryAt("additionalFleets", fleet.AdditionalFleets, rest)?.Entry.Name ?? (EntryAt("purchase", fleet.Purchase, rest) is (var share, _) ? PurchaseWords.Within(share.Kind) : null),
        HybridOption mix => EntryAt("routes", mix.Routes, rest)?.Entry.Task,
        ApiOption api => EntryAt("priceChanges", api.PriceChanges, rest) is (var change, _) ? InputsTexts.FromMonth.With(change.From) : null,
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
    [GeneratedRegex(@"(?<![\p{L}\p{N}_.“„])(?:(?:workload|horizon|exchange)(?:\[\d{1,4}\])?(?:\.[a-z]\w*(?:\[\d{1,4}\])*)+|(?:options|ranges)\[\d{1,4}\](?:\.[a-z]\w*(?:\[\d{1,4}\])*)*|hoursPerMonth|startMonth|baselineMonthlyUsd|baselineOptionId)\b(?![”“])")]
    private static partial Regex PathInText();

    /// <summary>What a field is in every language.</summary>
    /// <param name="Unit">Its unit in the reader's words; null for none.</param>
    /// <param name="Percent">True where it is shown and typed in percent.</param>
    /// <param name="Choices">The words that it offers; null for any text or number.</param>
    /// <param name="Steps">True where it counts few things.</param>
    private sealed record Kind(Func<string>? Unit = null, bool Percent = false, Func<IReadOnlyList<SelectOption>>? Choices = null, bool Steps = false);
}
