using Microsoft.AspNetCore.Components;
using Planner.Data.Feeds;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Prices;

/// <summary>The fields of a price sheet. It edits the draft it was given and raises <see cref="OnSave"/>.</summary>
public sealed partial class PriceForm
{
    private static readonly IReadOnlyList<SelectOption> Modes =
    [
        new(FeedModes.Chat, "Chat"), new(FeedModes.Completion, "Completion"), new(FeedModes.Responses, "Responses"), new(FeedModes.Embedding, "Embedding"),
    ];

    private readonly Dictionary<string, string> _unreadable = [];
    private readonly List<int> _tierIds = [];
    private int _lastTier;

    [Parameter, EditorRequired]
    public required PriceDraft Draft { get; set; }

    /// <summary>Faults of the last attempt to save.</summary>
    [Parameter]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>What is wrong as a whole.</summary>
    [Parameter]
    public string? Message { get; set; }

    /// <summary>The feed's prices, shown beside the boxes; null where no feed has any.</summary>
    [Parameter]
    public TokenPrices? FeedPrices { get; set; }

    /// <summary>The prices that are stored now, shown after a conflict; null otherwise.</summary>
    [Parameter]
    public TokenPrices? StoredPrices { get; set; }

    [Parameter]
    public EventCallback OnSave { get; set; }

    /// <summary>True while a box holds what cannot be read; its value is then not what is seen.</summary>
    public bool IsUnreadable => _unreadable.Count > 0;

    protected override void OnParametersSet()
    {
        while (_tierIds.Count < Draft.Prices.Tiers.Count)
            _tierIds.Add(++_lastTier);
    }

    private string? ErrorOf(string path) => Problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    private string? HintOf(PriceField field)
    {
        string?[] hints =
        [
            FeedPrices is null ? null : $"Feed: {Format.Rate(field.Get(FeedPrices))}",
            StoredPrices is null ? null : $"Stored now: {Format.Rate(field.Get(StoredPrices))}",
        ];
        return hints.Any(hint => hint is not null) ? string.Join(" · ", hints.Where(hint => hint is not null)) : null;
    }

    private void Note(string path, string? problem)
    {
        if (problem is null)
            _unreadable.Remove(path);
        else
            _unreadable[path] = problem;
    }

    private void SetTier(int index, PriceTier tier) =>
        Draft.Prices = Draft.Prices with { Tiers = [.. Draft.Prices.Tiers.Select((old, i) => i == index ? tier : old)] };

    private void AddTier()
    {
        var above = Draft.Prices.Tiers.Count == 0 ? 128_000m : Draft.Prices.Tiers[^1].AboveTokens * 2;
        Draft.Prices = Draft.Prices with { Tiers = [.. Draft.Prices.Tiers, new PriceTier { AboveTokens = above }] };
        _tierIds.Add(++_lastTier);
    }

    private void RemoveTier(int index)
    {
        Draft.Prices = Draft.Prices with { Tiers = [.. Draft.Prices.Tiers.Where((_, i) => i != index)] };
        _tierIds.RemoveAt(index);
        foreach (var path in _unreadable.Keys.Where(path => path.StartsWith("prices.tiers[", StringComparison.Ordinal)).ToList())
            _unreadable.Remove(path);
    }
}
