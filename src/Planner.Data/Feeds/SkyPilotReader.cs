using CsvHelper;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads a <c>vms.csv</c> of SkyPilot's catalog: a row for a machine in a zone, USD an hour for the whole machine. The columns differ by cloud in set and order and are
/// found by their names. The zones of a region are taken together, see <see cref="SkyPilotZones"/>.
/// </summary>
/// <remarks>
/// <c>GpuInfo</c> is not read: what it calls memory differs by cloud. Google Cloud's machines with GPUs stand in two rows, the host without GPUs and GPUs without a
/// machine, whose prices are added up zone by zone; the price of GPUs is that of all of the row's <c>AcceleratorCount</c>.
/// </remarks>
public static class SkyPilotReader
{
    private static readonly string[] Columns = ["InstanceType", "AcceleratorName", "AcceleratorCount", "vCPUs", "MemoryGiB", "Price", "SpotPrice", "Region"];

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        MaxRecordSize = 1_000_000,
        MalformedData = CsvMalformedDataHandling.Skip,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <param name="cloud">Whose machines it lists, in lower case: <c>aws</c>, <c>azure</c>, <c>gcp</c>, <c>lambda</c>, <c>runpod</c>, …</param>
    /// <returns>The machines in it, none where it has its header only, or why it is refused as a whole.</returns>
    public static FeedReading<InstanceFeedRow> Read(ReadOnlyMemory<byte> file, string cloud)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cloud);
        if (InstanceFile.Refusal(file.Span) is { } refusal)
            return FeedReading<InstanceFeedRow>.Refuse(refusal);
        // Half of a price is a price too.
        if (file.Span[^1] != '\n')
            return FeedReading<InstanceFeedRow>.Refuse(FeedTexts.CutOff);
        var table = new Table(cloud);
        using var csv = CsvReader.Create(file, Options with { OnMalformedRecord = record => table.RefuseQuotes(record.LineNumber) });
        try
        {
            csv.ReadHeader();
            if (HeaderFault(csv) is { } fault)
                return FeedReading<InstanceFeedRow>.Refuse(fault);
            while (csv.Read())
                table.ReadRecord(csv);
        }
        catch (CsvFormatException exception)
        {
            return FeedReading<InstanceFeedRow>.Refuse(FeedTexts.NotCsv.With(exception.LineNumber));
        }

        return table.IsOfAnotherCloud ? FeedReading<InstanceFeedRow>.Refuse(FeedTexts.OtherCloud.With(cloud)) : table.ToReading();
    }

    /// <summary>Whether a cloud may call a machine so. All clouds' files have the same columns, so only the names tell a file from another cloud's.</summary>
    private static bool MayBeOf(string cloud, string type) => cloud switch
    {
        // p5.48xlarge
        "aws" => type.Contains('.', StringComparison.Ordinal),
        "azure" => type.StartsWith("Standard_", StringComparison.Ordinal) || type.StartsWith("Basic_", StringComparison.Ordinal),
        // a3-highgpu-8g; a row of GPUs alone has no name.
        "gcp" => type.Length == 0 || (type.Contains('-', StringComparison.Ordinal) && !type.Contains('_', StringComparison.Ordinal)),
        "lambda" => type.StartsWith("gpu_", StringComparison.Ordinal) || type.StartsWith("cpu_", StringComparison.Ordinal),
        // 8x_H100_SECURE
        "runpod" => type.Contains("x_", StringComparison.Ordinal),
        // gpu-h100-sxm_8gpu-128vcpu-1600gb
        "nebius" => type.StartsWith("gpu-", StringComparison.Ordinal) || type.StartsWith("cpu-", StringComparison.Ordinal),
        _ => true,
    };

    private static string? HeaderFault(CsvReader csv)
    {
        if (Columns.FirstOrDefault(column => !csv.TryGetFieldIndex(column, out _)) is { } missing)
            return FeedTexts.TableColumnMissing.With(missing);
        return Columns.Append("AvailabilityZone").FirstOrDefault(column => csv.TryGetFieldIndex(column, 1, out _)) is { } twice ? FeedTexts.TableColumnTwice.With(twice) : null;
    }

    private sealed class Table(string cloud)
    {
        private readonly InstanceRows _rows = new(cloud);
        private readonly Dictionary<(string Type, string Region), SkyPilotZones> _machines = [];
        private readonly Dictionary<(string Accelerator, int Count), SkyPilotZones> _gpus = [];

        private int _foreign;

        /// <summary>True where most of the machines have names that the cloud does not give.</summary>
        internal bool IsOfAnotherCloud => _foreign * 2 > _rows.Read;

        internal void RefuseQuotes(long line)
        {
            _rows.Read++;
            _rows.Refuse($"line {line}", FeedTexts.RowQuotes);
        }

        internal void ReadRecord(CsvReader csv)
        {
            _rows.Read++;
            var (type, region) = (Text(csv, "InstanceType"), Text(csv, "Region"));
            _foreign += MayBeOf(cloud, type) ? 0 : 1;
            // Azure's Generation is written V1,V2 without quotes, so it takes two fields. It is the last column, so that the others are where they belong.
            var hasSplitLast = csv.FieldCount == csv.Headers.Count + 1 && csv.Headers[^1] == "Generation";
            if (csv.FieldCount != csv.Headers.Count && !hasSplitLast)
                _rows.Refuse($"line {csv.LineNumber}", FeedTexts.RowFieldCount.With(csv.FieldCount, csv.Headers.Count));
            else if (Text(csv, "AvailabilityZone") is { Length: > 0 } zone && !InstanceFile.IsName(zone))
                _rows.Refuse($"line {csv.LineNumber}", FeedTexts.RowFieldUnusable.With("AvailabilityZone"));
            else if (Text(csv, "Currency") is not ("" or "USD"))
                _rows.Refuse($"line {csv.LineNumber}", FeedTexts.RowCurrency.With(type));
            else if (type.Length == 0 && cloud == "gcp")
                ReadGpus(csv, region);
            else if (!InstanceFile.IsName(type))
                _rows.Refuse($"line {csv.LineNumber}", FeedTexts.RowFieldUnusable.With("InstanceType"));
            else if (MachineOf(csv, type, region) is { } machine)
                machine.Add(ZoneOf(csv, region), Text(csv, "Price"), Text(csv, "SpotPrice"));
        }

        internal FeedReading<InstanceFeedRow> ToReading()
        {
            foreach (var ((type, region), machine) in _machines)
            {
                var attached = cloud == "gcp" ? GpuNames.GcpAttached(type) : null;
                if (attached is { } choice && !machine.HasAnyZoneOf(_gpus.GetValueOrDefault(choice)))
                {
                    _rows.Skip("no GPU", machine.Listed);
                    continue;
                }

                // A host that GPUs are attached to is a machine of its own with each number of them.
                var name = attached is { } gpus ? $"{type}-{gpus.Count}x{gpus.Accelerator}" : type;
                if (cloud == "gcp" && (attached ?? GpuNames.GcpParts(type)) is { } parts)
                    machine.AddParts(_gpus.GetValueOrDefault(parts), $"{parts.Count} {parts.Accelerator}");
                if (machine.Close() is { } fault)
                    _rows.Refuse(InstanceRows.SourceKey(name, region), fault);
                else
                    _rows.Add(name, region, machine.Gpu, machine.GpuCount, null, machine.Vcpus, machine.MemoryGb, machine.Prices, machine.SpotZones);
                if (machine.Repeated > 0)
                    _rows.Skip("repeated row", machine.Repeated);
                if (machine.OtherPrice > 0)
                    _rows.Skip("zone with a price of its own", machine.OtherPrice);
            }

            // Rows that price GPUs are no machines. Those that none carries need a host of the buyer's choice, or one that the table has no price of.
            foreach (var ((accelerator, _), gpus) in _gpus.Where(entry => !entry.Value.IsTakenUp))
                _rows.Skip(accelerator, gpus.Listed);
            return _rows.ToReading();
        }

        /// <summary>The machine in its region that a record belongs to; null where it is left out or refused.</summary>
        private SkyPilotZones? MachineOf(CsvReader csv, string type, string region)
        {
            var accelerator = Text(csv, "AcceleratorName");
            if (GpusOf(type, accelerator, Text(csv, "AcceleratorCount"), out var kind) is not { } gpus)
            {
                if (kind is not null)
                    _rows.Skip(kind);
                else
                    _rows.Refuse(InstanceFile.IsName(region) ? InstanceRows.SourceKey(type, region) : type, FeedTexts.RowFieldNotANumber.With("AcceleratorCount"));
                return null;
            }

            if (!InstanceFile.IsName(region))
            {
                _rows.Refuse(type, FeedTexts.RowFieldUnusable.With("Region"));
                return null;
            }

            if (!_machines.TryGetValue((type, region), out var machine))
            {
                var memory = InstanceFile.Number(Text(csv, "MemoryGiB"));
                machine = new SkyPilotZones { Gpu = gpus.Gpu, GpuCount = gpus.Count, Vcpus = InstanceFile.Count(InstanceFile.Number(Text(csv, "vCPUs"))), MemoryGb = memory > 0 ? memory : null };
                _machines.Add((type, region), machine);
            }

            if (machine.Gpu != gpus.Gpu || machine.GpuCount != gpus.Count)
                machine.Fail(FeedTexts.RowGpusDiffer);
            return machine;
        }

        /// <summary>A machine's GPUs; null where it is left out as a kind, or where its number of GPUs cannot be read and there is no kind.</summary>
        private MachineGpus? GpusOf(string type, string accelerator, string count, out string? kind)
        {
            kind = null;
            if (cloud == "azure" && GpuNames.Azure(type) is { } known)
                return StatedOtherwise(known.Count, count) ? null : known;
            if (cloud == "gcp" && accelerator.Length == 0 && (GpuNames.GcpAttached(type) ?? GpuNames.GcpParts(type)) is { } parts)
            {
                var gpu = GpuNames.Find(cloud, type, parts.Accelerator);
                kind = gpu is null ? parts.Accelerator : null;
                return gpu is null ? null : new(gpu, parts.Count);
            }

            if (accelerator.Length == 0)
                kind = count.Length == 0 || InstanceFile.Number(count) == 0 ? "no GPU" : "unnamed accelerator";
            else if (InstanceFile.Number(count) is not { } number || number <= 0)
                return null;
            else if (number != decimal.Truncate(number))
                kind = $"{type}: part of a GPU";
            else if (GpuNames.Find(cloud, type, accelerator) is { } gpu)
                return InstanceFile.Count(number) is { } whole ? new(gpu, whole) : null;
            else
                kind = accelerator;
            return null;
        }

        private static bool StatedOtherwise(int known, string stated) => stated.Length > 0 && InstanceFile.Number(stated) != known;

        private void ReadGpus(CsvReader csv, string region)
        {
            var accelerator = Text(csv, "AcceleratorName");
            if (!InstanceFile.IsName(accelerator) || !InstanceFile.IsName(region) || InstanceFile.Count(InstanceFile.Number(Text(csv, "AcceleratorCount"))) is not { } count)
            {
                _rows.Refuse($"line {csv.LineNumber}", FeedTexts.RowFieldUnusable.With("AcceleratorName, AcceleratorCount or Region"));
                return;
            }

            if (!_gpus.TryGetValue((accelerator, count), out var gpus))
                _gpus.Add((accelerator, count), gpus = new SkyPilotZones());
            gpus.Add(ZoneOf(csv, region), Text(csv, "Price"), Text(csv, "SpotPrice"));
        }

        private static string ZoneOf(CsvReader csv, string region) => Text(csv, "AvailabilityZone") is { Length: > 0 } zone ? $"{region}/{zone}" : region;

        private static string Text(CsvReader csv, string column) =>
            csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount ? csv.GetString(index) ?? "" : "";
    }
}
