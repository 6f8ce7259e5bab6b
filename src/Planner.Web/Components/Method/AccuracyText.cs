using Planner.Domain.Capacity;

namespace Planner.Web.Components.Method;

/// <summary>Bands and their kinds in words.</summary>
internal static class AccuracyText
{
    public static string Range(Band band) => MethodTexts.BandRange.With(band.Low, band.High);

    /// <summary>What a shipped report compares; its own name says it in English.</summary>
    public static string Compared(string report) => report switch
    {
        "The rows of the fit" => MethodTexts.ComparedFit,
        "Each model by a fit to the others" => MethodTexts.ComparedModels,
        "Each GPU by a fit to the others" => MethodTexts.ComparedGpus,
        "Each source by a fit to the others" => MethodTexts.ComparedSources,
        _ => report,
    };

    public static string Kind(BandClass kind) => kind switch
    {
        BandClass.DenseKnown => MethodTexts.KindDenseKnown,
        BandClass.DenseNew => MethodTexts.KindDenseNew,
        BandClass.Experts => MethodTexts.KindExperts,
        BandClass.PcieTensorParallel => MethodTexts.KindPcie,
        BandClass.Amd => MethodTexts.KindAmd,
        BandClass.Amd2024 => MethodTexts.KindAmd2024,
        BandClass.Gaudi => "Intel Gaudi",
        BandClass.NewTwice => MethodTexts.KindNewTwice,
        _ => MethodTexts.KindOther,
    };
}
