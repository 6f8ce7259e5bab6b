using Planner.Data.Stores;
using Planner.Domain;

namespace Planner.Data.Benchmarks;

/// <summary>How an import ended.</summary>
/// <param name="Import">What was stored; null where nothing could be.</param>
/// <param name="Tool">One of <see cref="BenchmarkTools"/>; empty where the file was refused.</param>
/// <param name="Faults">Runs left out.</param>
/// <param name="Problems">Why nothing was stored, each with its field; empty otherwise.</param>
public sealed record ImportResult(MeasurementImport? Import, string Tool, IReadOnlyList<RowFault> Faults, IReadOnlyList<Problem> Problems);

/// <summary>Stores the runs of benchmark files under the deployments that they belong to. Safe to share.</summary>
public sealed class MeasurementImporter(CatalogStore catalog, MeasurementStore store)
{
    private const int LongestNote = 2_000;
    private const int LongestName = 200;

    /// <summary>Finds deployments in the catalog as it is now.</summary>
    public async Task<DeploymentMatcher> MatcherAsync(CancellationToken cancellationToken = default) => new(
        await catalog.Models.AllAsync(cancellationToken), await catalog.Gpus.AllAsync(cancellationToken), await catalog.Engines.AllAsync(cancellationToken));

    /// <summary>Stores what a file holds.</summary>
    /// <param name="file">The file, read.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="form">What the user says of the deployment; where it says nothing the file's words count, run by run.</param>
    /// <param name="note">The user's own words; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is stored then.</param>
    public async Task<ImportResult> ImportAsync(
        BenchmarkFile file, string fileName, DeploymentWords form, string? note, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(fileName);
        var reading = file.Reading;
        if (reading.Refusal is { } refusal)
            return Nothing(new Problem("file", refusal));
        if (note?.Length > LongestNote)
            return Nothing(new Problem("note", Texts.CatalogTextTooLong.With(LongestNote)));
        if (reading.Runs.Count == 0)
            return Nothing(new Problem("file", BenchmarkTexts.NoRuns));

        var matcher = await MatcherAsync(cancellationToken);
        var (runs, faults, missing) = (new List<MeasuredRun>(), reading.Faults.ToList(), new List<Problem>());
        foreach (var run in reading.Runs)
        {
            var (deployment, problems) = matcher.Complete(run.Words, form);
            if (deployment is not null)
                runs.Add(new MeasuredRun(run, deployment));
            else
                faults.Add(new RowFault(run.Row, problems[0].Path, problems[0].Message));
            missing.AddRange(problems);
        }

        if (runs.Count == 0)
            return new ImportResult(null, reading.Tool, faults, [.. missing.DistinctBy(problem => problem.Path)]);
        var source = new MeasurementSource(
            reading.Tool, fileName.Length > LongestName ? fileName[..LongestName] : fileName, file.Sha256, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        return new ImportResult(await store.ImportAsync(source, runs, cancellationToken), reading.Tool, [.. faults.OrderBy(fault => fault.Row)], []);

        ImportResult Nothing(Problem problem) => new(null, reading.Tool, reading.Faults, [problem]);
    }
}
