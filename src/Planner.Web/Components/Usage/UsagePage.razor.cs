using Microsoft.AspNetCore.Components;
using Planner.Data.Usage;

namespace Planner.Web.Components.Usage;

/// <summary>Measured workloads, and the way in for logs.</summary>
public sealed partial class UsagePage
{
    private IReadOnlyList<UsageSetSummary>? _sets;

    [Inject]
    public required UsageStore Usage { get; init; }

    [Inject]
    public required UsageDatabases Databases { get; init; }

    private IReadOnlyList<UsageSetSummary> Files => [.. _sets!.Where(set => set.Database is null)];

    protected override UsageState Read(Uri address) => UsageState.Read(address);

    protected override string Write(UsageState state) => state.Write();

    protected override async Task LoadAsync(UsageState state, CancellationToken cancellationToken) => _sets = await Usage.ListAsync(cancellationToken);
}
