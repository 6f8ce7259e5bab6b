using System.Globalization;

namespace Planner.Domain.Capacity;

/// <summary>What an estimate is multiplied by to get the range in which four of five measurements lie.</summary>
/// <param name="Low">One measurement in ten lies below estimate × this; above 0.</param>
/// <param name="Centre">Half of the measurements lie below estimate × this.</param>
/// <param name="High">One measurement in ten lies above estimate × this.</param>
public sealed record Band(double Low, double Centre, double High)
{
    /// <summary>True where a measurement lies within the band of an estimate.</summary>
    public bool Covers(double estimate, double measured) => measured >= estimate * Low && measured <= estimate * High;
}

/// <summary>The bands of the three figures that a replica is judged by.</summary>
/// <param name="Throughput">Generated tokens a second.</param>
/// <param name="Itl">Time between tokens.</param>
/// <param name="Ttft">Time to the first token.</param>
public sealed record BandSet(Band Throughput, Band Itl, Band Ttft);

/// <summary>Kinds of estimates whose errors differ.</summary>
public enum BandClass
{
    /// <summary>A dense model and a GPU that the calibration has at least <see cref="ErrorBand.KnownFrom"/> rows of each.</summary>
    DenseKnown,

    /// <summary>A dense model; the calibration has fewer rows of it, or of the GPU.</summary>
    DenseNew,

    /// <summary>A mixture of experts.</summary>
    Experts,

    /// <summary>Layers split over GPUs that have no link but PCIe.</summary>
    PcieTensorParallel,

    /// <summary>AMD with current software.</summary>
    Amd,

    /// <summary>AMD with software of 2024.</summary>
    Amd2024,

    /// <summary>Intel Gaudi.</summary>
    Gaudi,

    /// <summary>The calibration has fewer rows of the model and fewer of the GPU.</summary>
    NewTwice,

    /// <summary>llama.cpp and what is built on it.</summary>
    SingleUser,
}

/// <summary>How far an estimate of the capacity model may be from a measurement, and why.</summary>
/// <param name="Class">Kind of the estimate.</param>
/// <param name="Bands">The bands of that kind.</param>
/// <param name="ModelRows">Rows of the calibration with this model.</param>
/// <param name="GpuRows">Rows of the calibration with this GPU.</param>
public sealed record ErrorBand(BandClass Class, BandSet Bands, int ModelRows, int GpuRows)
{
    /// <summary>Rows from which on a model or a GPU counts as known: fewer come from one run of one source, whose own error they would take over.</summary>
    public const int KnownFrom = 10;

    /// <summary>Band of the generated tokens a second.</summary>
    public Band Throughput => Bands.Throughput;

    /// <summary>Band of the time between tokens.</summary>
    public Band Itl => Bands.Itl;

    /// <summary>Band of the time to the first token.</summary>
    public Band Ttft => Bands.Ttft;

    /// <summary>The reason in words: rows of the calibration, or what it has none of.</summary>
    public string Sentence => Class switch
    {
        BandClass.SingleUser => Texts.BandSingleUser,
        BandClass.Gaudi => Texts.BandGaudi.With(Count(GpuRows)),
        BandClass.Amd => Texts.BandAmd,
        BandClass.Amd2024 => Texts.BandAmd2024.With(Count(ModelRows), Count(GpuRows)),
        BandClass.PcieTensorParallel => Texts.BandPcie,
        _ when IsNew(ModelRows) && IsNew(GpuRows) => Texts.BandNewTwice,
        _ when IsNew(ModelRows) => Texts.BandNewModel.With(Rows(ModelRows), Count(GpuRows)),
        _ when IsNew(GpuRows) => Texts.BandNewGpu.With(Rows(GpuRows), Count(ModelRows)),
        BandClass.Experts => Texts.BandExperts.With(Count(ModelRows), Count(GpuRows)),
        _ => Texts.BandKnown.With(Count(ModelRows), Count(GpuRows)),
    };

    /// <summary>The band of an estimate.</summary>
    /// <param name="calibration">The fit that the estimate rests on.</param>
    /// <param name="modelKey">Key of the model in the catalog.</param>
    /// <param name="gpuKey">Key of the GPU in the catalog.</param>
    /// <param name="spec">The replica.</param>
    public static ErrorBand Of(Calibration calibration, string modelKey, string gpuKey, ReplicaSpec spec)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(spec);
        var models = calibration.Counts.Models.GetValueOrDefault(modelKey);
        var gpus = calibration.Counts.Gpus.GetValueOrDefault(gpuKey);
        var kind = ClassOf(models, gpus, spec);
        return new ErrorBand(kind, calibration.Bands[kind], models, gpus);
    }

    /// <summary>Kind of an estimate: what is least well known decides.</summary>
    private static BandClass ClassOf(int models, int gpus, ReplicaSpec spec) => (spec.Engine, spec.Gpu.Vendor) switch
    {
        (EngineTiming.LlamaCpp, _) => BandClass.SingleUser,
        (_, "intel") => BandClass.Gaudi,
        (_, "amd") => spec.Software2024 ? BandClass.Amd2024 : BandClass.Amd,
        _ when IsNew(models) && IsNew(gpus) => BandClass.NewTwice,
        _ when spec.Layout.Tensor > 1 && spec.HasOnlyPcie => BandClass.PcieTensorParallel,
        _ when spec.Model.Experts is not null => BandClass.Experts,
        _ => IsNew(models) || IsNew(gpus) ? BandClass.DenseNew : BandClass.DenseKnown,
    };

    private static bool IsNew(int rows) => rows < KnownFrom;

    private static string Count(int rows) => rows.ToString("#,##0", CultureInfo.CurrentCulture);

    private static string Rows(int rows) => rows == 0 ? Texts.BandNoRows : Texts.BandFewRows.With(Count(rows));
}
