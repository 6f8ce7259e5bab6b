using System.Globalization;
using Planner.Domain.Capacity;

namespace Planner.Web.Components.Method;

/// <summary>Bands and their kinds in words.</summary>
internal static class AccuracyText
{
    public static string Range(Band band) => string.Create(CultureInfo.CurrentCulture, $"× {band.Low:0.00} to {band.High:0.00}");

    public static string Kind(BandClass kind) => kind switch
    {
        BandClass.DenseKnown => "Dense model, model and GPU known",
        BandClass.DenseNew => "Dense model, model or GPU new",
        BandClass.Experts => "Mixture of experts",
        BandClass.PcieTensorParallel => "Several GPUs over PCIe",
        BandClass.Amd => "AMD, current software",
        BandClass.Amd2024 => "AMD, software of 2024",
        BandClass.Gaudi => "Intel Gaudi",
        BandClass.NewTwice => "Model and GPU new",
        _ => "llama.cpp and Ollama",
    };
}
