using System.Text.Json;
using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads RunPod's answer to a query for <c>gpuTypes { id displayName memoryInGb securePrice communityPrice }</c>: USD an hour for one GPU. What RunPod runs in its own
/// data centres and what others run for it are two products, so a GPU is up to two machines, without regions.
/// </summary>
/// <remarks>A price of 0 means that the product is not offered, and 0.5 stands where there is no price yet, for GPUs of any size.</remarks>
public static class RunPodReader
{
    private const string Cloud = "runpod";
    private const string Region = "global";
    private const decimal Placeholder = 0.5m;

    private static readonly (string Field, string Suffix)[] Products = [("securePrice", "SECURE"), ("communityPrice", "COMMUNITY")];

    /// <summary>Reads an answer.</summary>
    /// <param name="file">The whole answer, UTF-8, with or without a byte order mark.</param>
    /// <returns>The machines in it, or why it is refused as a whole.</returns>
    public static FeedReading<InstanceFeedRow> Read(ReadOnlyMemory<byte> file) => InstanceFile.ReadJson(file, ReadAnswer);

    private static FeedReading<InstanceFeedRow> ReadAnswer(ReadOnlyMemory<byte> file)
    {
        using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = FeedFile.MaxDepth });
        var types = InstanceFile.Member(InstanceFile.Member(document.RootElement, "data"), "gpuTypes");
        if (types.ValueKind != JsonValueKind.Array)
            return FeedReading<InstanceFeedRow>.Refuse(FeedTexts.WrongForm.With("an answer with data.gpuTypes"));

        var rows = new InstanceRows(Cloud);
        foreach (var type in types.EnumerateArray())
            ReadType(rows, type);
        return rows.ToReading();
    }

    private static void ReadType(InstanceRows rows, JsonElement type)
    {
        var id = FeedRowDraft.TextOf(InstanceFile.Member(type, "id"));
        var name = FeedRowDraft.TextOf(InstanceFile.Member(type, "displayName"));
        var memory = InstanceFile.NumberOf(InstanceFile.Member(type, "memoryInGb"));
        var fault = Fault(type, id, name, memory);
        foreach (var (field, suffix) in Products)
        {
            rows.Read++;
            var machine = $"1x_{name?.Replace(' ', '-')}_{suffix}";
            var key = InstanceRows.SourceKey(InstanceFile.IsName(machine) ? machine : $"1x_?_{suffix}", Region);
            var stated = InstanceFile.Member(type, field);
            var price = InstanceFile.NumberOf(stated);
            if (fault is not null)
                rows.Refuse(key, fault);
            else if (price == 0 || stated.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
                rows.Skip("not offered");
            else if (GpuNames.Find(Cloud, machine, id!) is not { } gpu)
                rows.Skip(name!);
            else if (price is null)
                rows.Refuse(key, FeedTexts.RowFieldNotANumber.With(field));
            else if (price == Placeholder)
                rows.Refuse(key, FeedTexts.RowPlaceholder.With("0.50"));
            else
                rows.Add(machine, Region, gpu, 1, memory, null, null, new HourlyPrices(price, null, null, null));
        }
    }

    private static string? Fault(JsonElement type, string? id, string? name, decimal? memory)
    {
        if (type.ValueKind != JsonValueKind.Object)
            return FeedTexts.RowNotAMachine;
        if (InstanceFile.Duplicate(type) is { } twice)
            return FeedTexts.RowDuplicateField.With(twice);
        return !InstanceFile.IsName(id) || !InstanceFile.IsName(name) || id == "unknown" || memory is null or <= 0 ? FeedTexts.RowGpuUnnamed : null;
    }
}
