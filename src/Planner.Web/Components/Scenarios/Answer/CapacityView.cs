using System.Globalization;
using Planner.Domain;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>What a fleet's replica delivers, as the Capacity tab shows it.</summary>
/// <param name="Option">The option.</param>
/// <param name="Headline">The figure that counts and its rank, in words.</param>
/// <param name="Beside">What the model says beside a figure of the user's own; null where the model's counts.</param>
/// <param name="Unknown">Why there is no figure; null where there is one.</param>
/// <param name="Memory">What fills a GPU; empty where that is not modelled.</param>
/// <param name="Facts">Further figures with their labels.</param>
/// <param name="Rests">The rows on which the expected range rests; null where there is no range.</param>
/// <param name="Nearest">The nearest published run and what the model says of it; null where none of the model is on file.</param>
/// <param name="Lines">The working of the modelled figure.</param>
public sealed record CapacityView(
    OptionView Option, string? Headline, string? Beside, string? Unknown, IReadOnlyList<MemoryPart> Memory, IReadOnlyList<CapacityFact> Facts,
    string? Rests, string? Nearest, IReadOnlyList<Working> Lines)
{
    /// <summary>The fleets among the options.</summary>
    public static IReadOnlyList<CapacityView> Of(IEnumerable<OptionView> options, CatalogSnapshot catalog) =>
        [.. options.Where(option => option.Result.Kind == OptionKinds.SelfHost).Select(option => Of(option, catalog))];

    /// <summary>True where another fleet's replica gives the same figures by the same working.</summary>
    public bool SaysTheSameAs(CapacityView other) =>
        (Headline, Beside, Unknown, Rests, Nearest) == (other.Headline, other.Beside, other.Unknown, other.Rests, other.Nearest)
        && Memory.SequenceEqual(other.Memory) && Facts.SequenceEqual(other.Facts)
        && Lines.Select(line => (line.Formula, line.Line, line.Figure)).SequenceEqual(other.Lines.Select(line => (line.Formula, line.Line, line.Figure)));

    private static CapacityView Of(OptionView option, CatalogSnapshot catalog)
    {
        var (estimate, capacity) = (option.Result.Estimate, option.Result.Capacity);
        var isModelled = capacity is null or { Rank: ThroughputKinds.Modelled };
        var headline = estimate is { TokensPerSecond: > 0 } served
            ? AnswerTexts.CapacityModelled.With(Format.Count(served.TokensPerSecond), Basis(served.Basis), Format.Count(served.RequestsPerSecond), LimitInWords(served))
            : null;
        return new CapacityView(
            option, isModelled ? headline : AnswerTexts.CapacityGiven.With(Format.Count(capacity!.ReplicaTokensPerSecond), Basis(capacity.Basis), Rank(capacity.Rank)),
            isModelled ? null : headline ?? estimate?.Infeasible,
            isModelled && headline is null ? option.Result.Reasons is [var reason, ..] ? reason : Texts.CapacityUnknown : null,
            estimate?.Memory is { } memory ? MemoryPart.Of(memory) : [], estimate is null ? [] : [.. FactsOf(option, estimate)],
            estimate?.Band?.Sentence, estimate is { Memory: not null, Basis: not ThroughputBases.Input } ? NearestRun(option, estimate, catalog) : null,
            estimate is null ? [] : [.. estimate.Working.Select(line => WorkingOf(option, line))]);
    }

    /// <summary>The unit in which a throughput counts.</summary>
    internal static string Basis(string basis) => basis switch
    {
        ThroughputBases.Input => AnswerTexts.InputTokensPerSecond,
        ThroughputBases.Output => AnswerTexts.OutputTokensPerSecond,
        _ => AnswerTexts.TokensPerSecond,
    };

    /// <summary>How a throughput is known.</summary>
    internal static string Rank(string rank) => rank switch
    {
        ThroughputKinds.Measured => AnswerTexts.RankMeasured,
        ThroughputKinds.Stated => AnswerTexts.RankStated,
        ThroughputKinds.Modelled => AnswerTexts.RankModelled,
        _ => rank,
    };

    private static string LimitInWords(CapacityEstimate estimate) => estimate.Limit switch
    {
        "ttft" => AnswerTexts.LimitTtft,
        "tpot" => AnswerTexts.LimitTpot,
        _ => AnswerTexts.LimitLoad.With(Format.Percent(Arrivals.HighestUtilization)),
    };

    private static IEnumerable<CapacityFact> FactsOf(OptionView option, CapacityEstimate estimate)
    {
        var slo = option.Workload.Slo;
        var percentile = $"p{Format.Number(slo.Percentile)}";
        if (estimate is { Memory: { } memory, Basis: not ThroughputBases.Input })
        {
            yield return new(AnswerTexts.MemoryCache, AnswerTexts.FactKvTokens.With(Format.Count(memory.KvTokens)), AnswerTexts.FactKvRequests.With(Format.Count(Math.Floor(memory.Sequences))));
            yield return new(AnswerTexts.FactWithoutPaging, AnswerTexts.FactWithoutPagingValue.With(Format.Count(memory.ContiguousSequences(Longest(option)))), AnswerTexts.FactWithoutPagingNote.With(Format.Count(Longest(option)), Format.Count(memory.PagedSequences(Mean(option)))));
        }

        if (estimate.Memory is not null && estimate.Basis != ThroughputBases.Input)
            yield return new(AnswerTexts.FactFitsFrom, estimate.SmallestGpus is { } gpus ? $"{gpus} × {estimate.Deployment.Gpu}" : AnswerTexts.FactFitsFromMore.With(CapacityEstimate.MostGpusTried, estimate.Deployment.Gpu), AnswerTexts.FactFitsFromNote);
        if (estimate.TtftSeconds is { } ttft)
            yield return new(estimate.Basis == ThroughputBases.Input ? AnswerTexts.FactTextAlone : $"TTFT {percentile}", Wording.Seconds(ttft), Target(slo.TtftMs));
        if (estimate.TpotSeconds is { } tpot)
            yield return new($"TPOT {percentile}", Wording.Seconds(tpot), Target(slo.TpotMs));
        if (estimate.Band is { } band && estimate.TokensPerSecond > 0)
            yield return new(AnswerTexts.FactRange, AnswerTexts.FactRangeValue.With(Format.Count(band.LowTokensPerSecond), Format.Count(band.HighTokensPerSecond)), AnswerTexts.FactRangeNote);
        if (estimate.Correction is { } correction)
            yield return new(AnswerTexts.FactCorrected, $"× {Format.Count(correction.Factors.Output ?? 1)}", MeasuredInWords(correction));
        if (estimate.SaturatedOutputTokensPerSecond > 0)
            yield return new(AnswerTexts.FactFullLoad, AnswerTexts.FactFullLoadValue.With(Format.Count(estimate.SaturatedOutputTokensPerSecond)), AnswerTexts.FactFullLoadNote);
    }

    private static string MeasuredInWords(AppliedCorrection correction)
    {
        var measured = correction.Source.Deployment;
        return correction.Share == 1
            ? AnswerTexts.FactCorrectedHere.With(Format.Day(DateOnly.FromDateTime(correction.Source.FittedUtc)))
            : AnswerTexts.FactCorrectedElsewhere.With(Format.Percent(correction.Share), measured.GpuCount, measured.Gpu, measured.Precision, measured.Engine);
    }

    /// <summary>The published run that is most like the option, and how far the model is from it.</summary>
    private static string? NearestRun(OptionView option, CapacityEstimate estimate, CatalogSnapshot catalog)
    {
        var workload = option.Workload;
        var load = new ReplicaLoad(Math.Max(1, (double)workload.InputTokens), Math.Max(1, (double)(workload.OutputTokens + workload.ReasoningTokens)), Math.Max(1, estimate.Batch));
        if (PublishedRun.Nearest(estimate.Deployment, load) is not { } run)
            return null;
        var modelled = catalog.Models.GetValueOrDefault(estimate.Deployment.Model) is { Architecture: not null } model && catalog.Gpus.GetValueOrDefault(run.Gpu) is { Bf16Tflops: > 0 } gpu
            ? run.Modelled(model, gpu)
            : null;
        var flight = run.IsBurst ? AnswerTexts.RunBurst.With(Format.Count(run.Concurrency))
            : run.IsStatic ? AnswerTexts.RunStatic.With(Format.Count(run.Concurrency))
            : run.Concurrency is { } requests ? AnswerTexts.RunInFlight.With(Format.Count(requests))
            : AnswerTexts.RunAsManyAsFit;
        return (modelled is > 0 ? AnswerTexts.RunOfAgainstModel : AnswerTexts.RunOf).With(
            Format.Count(run.OutputTokensPerSecond), $"{run.Gpus} × {run.Gpu}, {run.Precision}, {run.Engine} {run.EngineVersion}".TrimEnd(), Format.Count(run.InputTokens), Format.Count(run.OutputTokens), flight,
            $"{run.Source}, {run.Date}.", Format.Count(modelled), modelled is { } figure ? Signed((figure / run.OutputTokensPerSecond) - 1) : null);
    }

    private static string Signed(double share) => (share < 0 ? "" : "+") + Format.Percent(share);

    private static double Mean(OptionView option) => Math.Max(1, (double)(option.Workload.InputTokens + option.Workload.OutputTokens + option.Workload.ReasoningTokens));

    /// <summary>What a slot would have to reserve: the mean request and three standard deviations.</summary>
    private static double Longest(OptionView option)
    {
        var workload = option.Workload;
        return (double)((workload.InputTokens * (1 + (3 * workload.InputCv))) + ((workload.OutputTokens + workload.ReasoningTokens) * (1 + (3 * workload.OutputCv))));
    }

    private static string Target(decimal? milliseconds) => milliseconds is { } target ? AnswerTexts.FactTarget.With(Wording.Seconds((double)target / 1000)) : AnswerTexts.FactNoTarget;

    private static Working WorkingOf(OptionView option, CapacityLine line) => new(
        $"{option.Name}: {line.Item}", line.Formula,
        [.. line.Operands.Select(operand => new WorkingOperand(operand.Name, Write(operand.Value), operand.Unit, operand.Source))], $"{Write(line.Value)} {FormulaWords.Of(line.Unit)}", null);

    private static string Write(double value) => Math.Abs(value) >= 1000
        ? value.ToString("#,0.#", CultureInfo.CurrentCulture)
        : value.ToString("0.####", CultureInfo.CurrentCulture);
}

/// <summary>A figure of the Capacity tab.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure.</param>
/// <param name="Note">What it is to be read against.</param>
public sealed record CapacityFact(string Label, string Value, string Note);

/// <summary>A part of a GPU's memory.</summary>
/// <param name="Name">What takes it.</param>
/// <param name="Share">Share of the GPU's memory, 0 to 1; what does not fit is cut off.</param>
/// <param name="Text">Its size in words.</param>
/// <param name="Css">Name of its style.</param>
public sealed record MemoryPart(string Name, double Share, string Text, string Css)
{
    /// <summary>Weights, reserve, cache and what the engine leaves alone.</summary>
    public static IReadOnlyList<MemoryPart> Of(MemoryFit memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        (string Name, double Bytes, string Css)[] parts =
        [
            (AnswerTexts.MemoryWeights, memory.WeightBytes, "weights"), (AnswerTexts.MemoryReserve, memory.ReserveBytes, "reserve"),
            (AnswerTexts.MemoryCache, Math.Max(0, memory.FreeBytes), "cache"), (AnswerTexts.MemoryAlone, memory.MemoryBytes - memory.UsableBytes, "alone"),
        ];
        return [.. parts.Select(part => new MemoryPart(part.Name, Math.Clamp(part.Bytes / memory.MemoryBytes, 0, 1), Wording.Gibibytes(part.Bytes), part.Css))];
    }
}
