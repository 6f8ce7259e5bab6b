using System.Text.Json;
using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads Vantage's <c>instances.json</c>: an array of AWS machines with prices by region and operating system, USD an hour as text. Only Linux is read. A machine is
/// one row a region, local zones, wavelength zones and government regions among them under their names.
/// </summary>
/// <remarks>
/// Its <c>GPU_memory</c> is that of all GPUs of the machine. A <c>spot_avg</c> without <c>spot_min</c> is not a price that was paid but an estimate from the savings of
/// the past month, so such rows have no spot price. Of the reservations those of Standard terms with nothing upfront are read; their prices are an hour's already.
/// </remarks>
public static class VantageReader
{
    private const string Cloud = "aws";

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <returns>The machines in it, or why it is refused as a whole.</returns>
    public static FeedReading<InstanceFeedRow> Read(ReadOnlyMemory<byte> file) => InstanceFile.ReadJson(file, ReadArray);

    /// <summary>The upper end of a band of monthly interruptions such as <c>5-10%</c>, 0 to 1; 1 for the open one. Null for other texts.</summary>
    internal static decimal? BandEnd(string? band) => band switch
    {
        "<5%" => 0.05m,
        "5-10%" => 0.10m,
        "10-15%" => 0.15m,
        "15-20%" => 0.20m,
        ">20%" => 1m,
        _ => null,
    };

    private static FeedReading<InstanceFeedRow> ReadArray(ReadOnlyMemory<byte> file)
    {
        var json = InstanceFile.Reader(file);
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            return FeedReading<InstanceFeedRow>.Refuse(FeedTexts.WrongForm.With("instances.json"));

        var rows = new InstanceRows(Cloud);
        InstanceFile.ForEach(file, ref json, machine => ReadMachine(rows, machine));
        // Anything after the array's end but white space throws here.
        json.Read();
        return rows.ToReading();
    }

    private static void ReadMachine(InstanceRows rows, JsonElement machine)
    {
        var type = FeedRowDraft.TextOf(InstanceFile.Member(machine, "instance_type"));
        if (!InstanceFile.IsName(type))
        {
            rows.Read++;
            rows.Refuse("?", machine.ValueKind == JsonValueKind.Object ? FeedTexts.RowFieldUnusable.With("instance_type") : FeedTexts.RowNotAMachine);
            return;
        }

        var pricing = InstanceFile.Member(machine, "pricing");
        if (pricing.ValueKind != JsonValueKind.Object)
        {
            rows.Read++;
            rows.Refuse(type!, FeedTexts.RowFieldUnusable.With("pricing"));
            return;
        }

        var fault = InstanceFile.Duplicate(machine) is { } twice ? FeedTexts.RowDuplicateField.With(twice) : null;
        var (gpu, count, kind) = GpusOf(machine, type!, ref fault);
        foreach (var region in pricing.EnumerateObject())
        {
            rows.Read++;
            var name = FeedRowDraft.NameOf(region);
            if (!InstanceFile.IsName(name))
                rows.Refuse(type!, FeedTexts.RowFieldUnusable.With("region"));
            else if (fault is not null)
                rows.Refuse(InstanceRows.SourceKey(type!, name!), fault);
            else if (kind is not null)
                rows.Skip(kind);
            else if (InstanceFile.Member(region.Value, "linux") is { ValueKind: JsonValueKind.Object } linux)
                ReadRegion(rows, machine, type!, name!, gpu, count, linux);
            else
                rows.Skip("no Linux price");
        }
    }

    /// <summary>The machine's GPUs, or the kind under which it is counted when it is left out.</summary>
    private static (string Gpu, int Count, string? Kind) GpusOf(JsonElement machine, string type, ref string? fault)
    {
        var stated = InstanceFile.NumberOf(InstanceFile.Member(machine, "GPU"));
        var model = FeedRowDraft.TextOf(InstanceFile.Member(machine, "GPU_model"));
        if (stated is null or < 0)
            fault ??= FeedTexts.RowFieldNotANumber.With("GPU");
        if (stated == 0)
            return ("", 0, "no GPU");
        if (string.IsNullOrEmpty(model))
        {
            fault ??= FeedTexts.RowFieldUnusable.With("GPU_model");
            return ("", 0, null);
        }

        if (GpuNames.Find(Cloud, type, model) is not { } gpu)
            return ("", 0, model);
        if (InstanceFile.Count(stated) is { } count)
            return (gpu, count, null);
        if (stated is > 0 and < 1)
            return ("", 0, $"{type}: part of a GPU");
        fault ??= FeedTexts.RowFieldNotANumber.With("GPU");
        return ("", 0, null);
    }

    private static void ReadRegion(InstanceRows rows, JsonElement machine, string type, string region, string gpu, int count, JsonElement linux)
    {
        string? fault = null;
        var reserved = InstanceFile.Member(linux, "reserved");
        var onDemand = Price(linux, "ondemand", ref fault);
        var spot = Price(linux, "spot_avg", ref fault);
        var hasPaidSpot = Price(linux, "spot_min", ref fault) is not null;
        var prices = new HourlyPrices(
            onDemand, hasPaidSpot ? spot : null, Price(reserved, "yrTerm1Standard.noUpfront", ref fault), Price(reserved, "yrTerm3Standard.noUpfront", ref fault));
        if (fault is not null)
        {
            rows.Refuse(InstanceRows.SourceKey(type, region), fault);
            return;
        }

        var memory = InstanceFile.NumberOf(InstanceFile.Member(machine, "GPU_memory"));
        rows.Add(
            type, region, gpu, count, memory > 0 ? memory / count : null, InstanceFile.Count(InstanceFile.NumberOf(InstanceFile.Member(machine, "vCPU"))),
            InstanceFile.NumberOf(InstanceFile.Member(machine, "memory")) is { } main and > 0 ? main : null, prices,
            interruptionShare: BandEnd(FeedRowDraft.TextOf(InstanceFile.Member(linux, "pct_interrupt"))));
    }

    private static decimal? Price(JsonElement prices, string name, ref string? fault)
    {
        var member = InstanceFile.Member(prices, name);
        if (member.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || FeedRowDraft.TextOf(member) is "" or "N/A")
            return null;
        var price = InstanceFile.NumberOf(member);
        if (price is null)
            fault ??= FeedTexts.RowFieldNotANumber.With(name);
        return price;
    }
}
