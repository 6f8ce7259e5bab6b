using System.CommandLine;
using System.Globalization;
using Planner.Domain;
using Planner.Domain.Planning;

namespace Planner.Web.Commands;

/// <summary><c>planner evaluate</c>: what a scenario's options cost, with limits that a pipeline can gate on.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var (scenario, database, json) = (CommandOptions.Scenario(), CommandOptions.Database(), CommandOptions.Json());
        var option = new Option<string?>("--option") { Description = "The option that the limits are for; by default the cheapest that can serve the workload.", HelpName = "ID" };
        var monthly = CommandOptions.Amount("--max-monthly", "Most that an ongoing month may cost, USD; beyond it the command ends with 4.");
        var first = CommandOptions.Amount("--max-first-month", "Most that the first month may cost, USD.");
        var command = new Command("evaluate", "Evaluates a scenario with the catalog's prices.") { scenario, option, monthly, first, json, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await CommandHost.OpenAsync(parsed.GetValue(database), isKept: false, cancellationToken);
            var result = (await host.TakeAsync(await CommandHost.ReadAsync(parsed.GetValue(scenario)!, cancellationToken), cancellationToken)).Evaluate();
            await (parsed.GetValue(json) ? parsed.InvocationConfiguration.Output.WriteLineAsync(CommandHost.Json(result)) : WriteAsync(result, parsed.InvocationConfiguration.Output));
            var missed = Missed(result, parsed.GetValue(option), parsed.GetValue(monthly), parsed.GetValue(first));
            foreach (var sentence in missed)
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"planner: {sentence}");
            return missed.Count > 0 ? ExitCodes.LimitMissed : ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteAsync(Result result, TextWriter output)
    {
        await output.WriteLineAsync(result.Verdict.Sentence);
        await output.WriteLineAsync();
        await TextTable.WriteAsync(
            output, ["Option", "Id", "Can serve it", "Ongoing month", "First month", "USD per M tokens"],
            result.Options.Select(option => (IReadOnlyList<string>)
                [option.Name, option.Id, option.Feasible ? "yes" : "no", TextTable.Usd(option.OngoingMonthlyUsd), TextTable.Usd(option.FirstMonthUsd), TextTable.Usd((decimal?)option.UsdPerMillionTokens)]),
            numbersFrom: 3);
        foreach (var option in result.Options.Where(option => option.Reasons.Count > 0))
            await output.WriteLineAsync($"{option.Name}: {string.Join(" ", option.Reasons)}");
        // Why an option cannot serve the workload stands there already.
        foreach (var check in result.Checks.Where(check => check.Severity != CheckSeverities.Info && !IsReason(check, result)))
            await output.WriteLineAsync($"{check.Severity}: {check.Message}");
    }

    private static bool IsReason(Check check, Result result) =>
        result.Options.Any(option => option.Id == check.OptionId && option.Reasons.Any(reason => check.Message.EndsWith(reason, StringComparison.Ordinal)));

    /// <summary>What misses a limit, in sentences. What nobody knows cannot keep one.</summary>
    private static List<string> Missed(Result result, string? optionId, decimal? monthly, decimal? firstMonth)
    {
        if (optionId is not null && result.Options.All(option => option.Id != optionId))
            throw new CommandRefusedException(ExitCodes.Usage, [new Problem("--option", CommandTexts.NoOption.With(optionId, string.Join(", ", result.Options.Select(option => option.Id))))]);
        if (monthly is null && firstMonth is null)
            return [];
        if (result.Options.FirstOrDefault(option => option.Id == (optionId ?? result.Verdict.CheapestOptionId)) is not { } judged)
            return [CommandTexts.NoneServes];
        var missed = new List<string>();
        if (!judged.Feasible)
            missed.Add(CommandTexts.CannotServe.With(judged.Name, string.Join(" ", judged.Reasons)));
        Compare(CommandTexts.OngoingMonth, judged.OngoingMonthlyUsd, monthly);
        Compare(CommandTexts.FirstMonth, judged.FirstMonthUsd, firstMonth);
        return missed;

        void Compare(string what, decimal? found, decimal? most)
        {
            if (most is { } limit && found is not { } usd)
                missed.Add(CommandTexts.LimitUnknown.With(judged.Name, what, TextTable.Usd(limit)));
            else if (found > most)
                missed.Add(CommandTexts.LimitMissed.With(judged.Name, what, TextTable.Usd(found), TextTable.Usd(most)));
        }
    }
}

/// <summary>Rows as a shell shows them.</summary>
internal static class TextTable
{
    public static string Usd(decimal? usd) => usd?.ToString("$#,##0.00;-$#,##0.00", CultureInfo.InvariantCulture) ?? "unknown";

    /// <param name="output">Takes the rows.</param>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">Rows with as many cells.</param>
    /// <param name="numbersFrom">First column whose cells end at its right.</param>
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, int numbersFrom)
    {
        List<IReadOnlyList<string>> all = [head, .. rows];
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        foreach (var row in all)
            await output.WriteLineAsync(string.Join("  ", row.Select((cell, column) => column < numbersFrom ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
