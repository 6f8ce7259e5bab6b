namespace Planner.Data.Entities;

/// <summary>A language model's architecture, as shipped.</summary>
public sealed class ModelRow
{
    public required string Key { get; set; }

    public required string Name { get; set; }

    public string? HuggingFaceId { get; set; }

    public required string Kind { get; set; }

    public decimal ParametersB { get; set; }

    public decimal ActiveParametersB { get; set; }

    public int Layers { get; set; }

    public int HiddenSize { get; set; }

    public int KvHeads { get; set; }

    public int HeadDim { get; set; }

    public int ContextTokens { get; set; }

    public required string License { get; set; }

    public required string Source { get; set; }

    public string? SourceUrl { get; set; }

    public DateOnly AsOf { get; set; }
}
