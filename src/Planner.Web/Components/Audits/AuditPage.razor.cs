using Microsoft.AspNetCore.Components;
using Planner.Data.Audits;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Audits;

/// <summary>Who did what, and when.</summary>
public sealed partial class AuditPage
{
    private Page<AuditEntry>? _page;

    [Inject]
    public required AuditLog Log { get; init; }

    private int LastPage => Pager.LastOf(_page?.Total ?? 0, AuditState.Size);

    protected override AuditState Read(Uri address) => AuditState.Read(address);

    protected override string Write(AuditState state) => state.Write();

    protected override async Task LoadAsync(AuditState state, CancellationToken cancellationToken)
    {
        _page = await Log.PageAsync(state.ToQuery(), cancellationToken);
        if (state.Page > LastPage)
            await GoAsync(state with { Page = LastPage }, replace: true);
    }

    private static IReadOnlyList<SelectOption> Things => [.. AuditActions.All.Select(action => action.Split('.')[0]).Distinct().Select(thing => new SelectOption(thing, AuditWords.Thing(thing)))];

    private Task FromAsync(ChangeEventArgs change) => GoAsync(State with { From = QueryText.ReadDay(Clean(change)), Page = 1 });

    private Task ToAsync(ChangeEventArgs change) => GoAsync(State with { To = QueryText.ReadDay(Clean(change)), Page = 1 });

    private static string? Clean(ChangeEventArgs change) => change.Value?.ToString()?.Trim() is { Length: > 0 } text ? text : null;
}
