using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Instances;

/// <summary>An instance while somebody types it.</summary>
public sealed class InstanceDraft : ICatalogDraft<InstanceEdit>
{
    private const int Largest = 100_000;

    public string? Key { get; set; }

    public string? Cloud { get; set; }

    public string? Type { get; set; }

    public string? Region { get; set; }

    public string? Gpu { get; set; }

    public decimal? GpuCount { get; set; } = 1;

    public decimal? GpuMemoryGb { get; set; }

    public decimal? Vcpus { get; set; }

    public decimal? MemoryGb { get; set; }

    public HourlyPrices Prices { get; set; } = new(null, null, null, null);

    public string? Note { get; set; }

    string? ICatalogDraft<InstanceEdit>.Name => Type;

    /// <summary>Version that the edit expects; null for a new row.</summary>
    public int? Version { get; set; }

    /// <summary>True where the catalog owns everything but prices and note.</summary>
    public bool OnlyPrices { get; init; }

    /// <summary>The key that an empty box stands for: cloud, type and region.</summary>
    public string SuggestedKey => KeyText.Suggest(Cloud, Type, Region);

    public static InstanceDraft From(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var instance = entry.Instance;
        return new()
        {
            Key = instance.Key,
            Cloud = instance.Cloud,
            Type = instance.Type,
            Region = instance.Region,
            Gpu = instance.Gpu,
            GpuCount = instance.GpuCount,
            GpuMemoryGb = instance.GpuMemoryGb,
            Vcpus = instance.Vcpus,
            MemoryGb = instance.MemoryGb,
            Prices = instance.Prices,
            Note = entry.State.UserNote,
            Version = entry.State.Version,
            OnlyPrices = !entry.State.UserAdded,
        };
    }

    /// <summary>What was typed, or why it cannot be read.</summary>
    public (InstanceEdit? Edit, IReadOnlyList<Problem> Problems) Read()
    {
        var problems = new List<Problem>();
        DraftRules.Required(problems, "gpuCount", GpuCount);
        DraftRules.Required(problems, "gpuMemoryGb", GpuMemoryGb);
        DraftRules.Whole(problems, "gpuCount", GpuCount, Largest);
        DraftRules.Whole(problems, "vcpus", Vcpus, Largest);
        var keyIsOpen = Version is null && string.IsNullOrWhiteSpace(Key);
        var vcpus = Vcpus is null ? null : (int?)DraftRules.WholeOrOne(Vcpus);
        var edit = new InstanceEdit(
            keyIsOpen ? SuggestedKey : Key ?? "", Cloud ?? "", Type ?? "", Region ?? "", Gpu ?? "", DraftRules.WholeOrOne(GpuCount), GpuMemoryGb ?? 1, vcpus,
            MemoryGb, Prices, Note);
        var all = DraftRules.Join(problems, CatalogRules.Check(edit), keyIsOpen);
        return (all.Count == 0 ? edit : null, all);
    }
}
