using System.Globalization;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Guide;

/// <summary>What a new user has said. What was left open is null and follows the kind of task, so that another task brings its own defaults.</summary>
public sealed record GuideAnswers
{
    /// <summary>Hours a day that requests come in where nothing else is said.</summary>
    public const decimal AllDay = 24;

    public string Task { get; init; } = GuideTask.All[0].Id;

    /// <summary>Key of today's price sheet.</summary>
    public string? Price { get; init; }

    /// <summary>True where self-hosting is not asked for.</summary>
    public bool ApiOnly { get; init; }

    /// <summary>Key of the model to run oneself.</summary>
    public string? Model { get; init; }

    /// <summary>Key of the instance; null to find one.</summary>
    public string? Instance { get; init; }

    /// <summary>How the volume is counted, one of <see cref="VolumeBases"/>.</summary>
    public string Basis { get; init; } = VolumeBases.RequestsPerMonth;

    /// <summary>Requests or tokens by <see cref="Basis"/>.</summary>
    public decimal? Volume { get; init; }

    public decimal? Users { get; init; }

    public decimal? InputTokens { get; init; }

    public decimal? OutputTokens { get; init; }

    public decimal? PeakToMean { get; init; }

    /// <summary>Time to first token, milliseconds; 0 for no target.</summary>
    public decimal? TtftMs { get; init; }

    /// <summary>Hours of a day in which requests come, 1 to 24.</summary>
    public decimal? HoursPerDay { get; init; }

    public bool StaysInside { get; init; }

    /// <summary>Most that a month may cost, USD.</summary>
    public decimal? BudgetUsd { get; init; }

    public decimal? Months { get; init; }

    /// <summary>Reads what an address says; what cannot be read is left open.</summary>
    public static GuideAnswers Read(string? text)
    {
        var query = new QueryText(new Uri($"http://guide/?{text}"));
        return new GuideAnswers
        {
            Task = GuideTask.Of(query.Text("task")).Id,
            Price = query.Text("price"),
            ApiOnly = query.Flag("apiOnly"),
            Model = query.Text("model"),
            Instance = query.Text("instance"),
            Basis = InputBases.Contains(query.Text("by")) ? query.Text("by")! : VolumeBases.RequestsPerMonth,
            Volume = Number(query, "volume", 0, 1e15m),
            Users = Number(query, "users", 1, 1e9m),
            InputTokens = Number(query, "input", 0, 1e7m),
            OutputTokens = Number(query, "output", 0, 1e7m),
            PeakToMean = Number(query, "peak", 1, 1_000),
            TtftMs = Number(query, "ttft", 0, 1e7m),
            HoursPerDay = Number(query, "hours", 1, AllDay),
            StaysInside = query.Flag("inside"),
            BudgetUsd = Number(query, "budget", 0, 1e12m),
            Months = Number(query, "months", 12, 60),
        };
    }

    /// <summary>The answers as part of an address; what was left open is left out.</summary>
    public string Write() => QueryText.Write(
        "", ("task", Task), ("price", Price), ("apiOnly", QueryText.Write(ApiOnly)), ("model", Model), ("instance", Instance), ("by", Basis == VolumeBases.RequestsPerMonth ? null : Basis),
        ("volume", InText(Volume)), ("users", InText(Users)), ("input", InText(InputTokens)), ("output", InText(OutputTokens)), ("peak", InText(PeakToMean)), ("ttft", InText(TtftMs)),
        ("hours", InText(HoursPerDay)), ("inside", QueryText.Write(StaysInside)), ("budget", InText(BudgetUsd)), ("months", InText(Months))).TrimStart('?');

    /// <summary>The guide at a step, with these answers.</summary>
    public string AddressOf(int step) => QueryText.Write("/scenarios/guide", ("step", step == 1 ? null : step.ToString(CultureInfo.InvariantCulture)), ("answers", Write()));

    /// <summary>The editor with what these answers make.</summary>
    public string EditorAddress => QueryText.Write("/scenarios/new", ("answers", Write()));

    /// <summary>The workload that the answers and the defaults make.</summary>
    public Workload Workload(ExampleStore examples)
    {
        var task = GuideTask.Of(Task);
        var usual = task.Usual(examples);
        var load = usual with
        {
            RequestsPerMonth = GuideTask.SomeRequests,
            InputTokens = InputTokens ?? usual.InputTokens,
            OutputTokens = OutputTokens ?? usual.OutputTokens,
            Shape = Shape(PeakToMean ?? PeakWithin(task), HoursPerDay ?? AllDay),
            Slo = usual.Slo with { TtftMs = (TtftMs ?? usual.Slo.TtftMs) is > 0 and var target ? target : null },
            Requirements = new Requirements { DataStaysInside = StaysInside },
        };
        if (Basis == VolumeBases.RequestsPerMonth)
            return load with { RequestsPerMonth = Volume ?? GuideTask.SomeRequests };
        var entry = new VolumeEntry { Basis = Basis, Users = Basis == VolumeBases.RequestsPerUserPerDay ? Users ?? GuideTask.SomeUsers : null };
        entry = Volume is { } typed ? entry with { Value = typed } : entry.Matching(load, HoursPerMonth);
        return load with { Volume = entry, RequestsPerMonth = entry.RequestsPerMonth(load, HoursPerMonth) ?? 0 };
    }

    /// <summary>The task's own ratio, as far as the open hours let it be.</summary>
    public decimal PeakWithin(GuideTask task) => Math.Min(task.PeakToMean, HoursPerDay ?? AllDay);

    private static decimal HoursPerMonth => new Scenario().HoursPerMonth;

    private static IEnumerable<string> InputBases =>
        [VolumeBases.RequestsPerMonth, VolumeBases.RequestsPerDay, VolumeBases.RequestsPerUserPerDay, VolumeBases.TokensPerMonth, VolumeBases.TokensPerDay];

    /// <summary>The week: even or with a peak all day; else the open hours from 08:00, of which the middle one has the peak and the others share the rest.</summary>
    private static LoadShape Shape(decimal peak, decimal hours)
    {
        var open = (int)Math.Clamp(Math.Round(hours), 1, AllDay);
        if (open == AllDay)
            return peak > 1 ? new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = peak } : new LoadShape();
        List<int> day = [.. Enumerable.Range(8, open).Select(hour => hour % 24)];
        if (peak <= 1 || open == 1)
            return new LoadShape { Kind = ShapeKinds.BatchWindow, Hours = [.. Enumerable.Range(0, 7).SelectMany(weekday => day.Select(hour => (weekday * 24) + hour)).Order()] };
        var (top, busiest) = (Math.Min(peak, open), day[open / 2]);
        var rest = Math.Round((open - top) / (open - 1), 6);
        return new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Range(0, 168).Select(hour => hour % 24 is var of && of == busiest ? top : day.Contains(of) ? rest : 0)] };
    }

    private static decimal? Number(QueryText query, string name, decimal least, decimal most) =>
        decimal.TryParse(query.Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static string? InText(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);
}
