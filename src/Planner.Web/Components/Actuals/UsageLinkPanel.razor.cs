using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Data.Actuals;
using Planner.Data.Usage;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Actuals;

/// <summary>Links an option to the measured workload that it really served.</summary>
public sealed partial class UsageLinkPanel : ActionComponent
{
    private readonly HashSet<string> _ticked = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _models = [];
    private long? _setId;

    [Parameter, EditorRequired]
    public required OptionActuals Actuals { get; set; }

    /// <summary>All measured workloads.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UsageSetSummary> Sets { get; set; }

    /// <summary>The measured workload that is chosen at first; null for the linked one.</summary>
    [Parameter]
    public long? Offered { get; set; }

    /// <summary>Raised with the measured workload that is chosen; the page keeps it in its address.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<long?> OnOffer { get; set; }

    /// <summary>Raised once a link was set or removed.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    [Inject]
    public required UsageLinkStore Links { get; init; }

    [Inject]
    public required UsageStore Usage { get; init; }

    private UsageLink? Own => Actuals.Link?.OptionId == Actuals.Option.Id ? Actuals.Link : null;

    private IReadOnlyList<SelectOption> Choices => [new("", ActualsTexts.Choose), .. Sets.Select(set => new SelectOption(set.Id.ToString(CultureInfo.InvariantCulture), set.Name))];

    protected override async Task OnInitializedAsync()
    {
        _ticked.UnionWith(Own?.Models ?? []);
        await OpenAsync(Sets.Any(set => set.Id == Offered) ? Offered : Actuals.Set?.Id);
    }

    private async Task ChooseAsync(string? id)
    {
        _ticked.Clear();
        await OpenAsync(long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : null);
        await OnOffer.InvokeAsync(_setId);
    }

    private async Task OpenAsync(long? id)
    {
        (_setId, _models, Refusal) = (id, [], null);
        try
        {
            var profile = id is not { } wanted ? null : Actuals.Set?.Id == wanted ? Actuals.Set.Profile : (await Usage.FindAsync(wanted, Leaving))?.Profile;
            _models = profile is null ? [] : [.. profile.Days.Select(day => day.Model).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void Tick(string model, bool ticked)
    {
        if (ticked)
            _ticked.Add(model);
        else
            _ticked.Remove(model);
    }

    private Task LinkAsync() => SetAsync(async () =>
    {
        // What is gone from the log is no choice any more, and none of those chosen is not all.
        if (_ticked.Count > 0 && !_models.Any(_ticked.Contains))
            Refusal = Texts.ActualsModelsGone;
        else if (await Links.SetAsync(new UsageLink(Actuals.Stored.Id, Actuals.Option.Id, _setId!.Value, [.. _models.Where(_ticked.Contains)]), Leaving))
            Toasts.Done(ActualsTexts.Linked.With(Actuals.Option.Name, Sets.First(set => set.Id == _setId).Name));
        else
            Refusal = Texts.ActualsLinkGone;
    });

    private Task UnlinkAsync() => SetAsync(async () =>
    {
        await Links.RemoveAsync(Actuals.Stored.Id, Actuals.Option.Id, Leaving);
        _ticked.Clear();
        await OpenAsync(null);
        Toasts.Done(ActualsTexts.Unlinked.With(Actuals.Option.Name));
    });

    private Task SetAsync(Func<Task> work) => DoAsync(async () =>
    {
        await work();
        if (Refusal is null)
            await OnChanged.InvokeAsync();
    });
}
