using Planner.Domain.Scenarios;

namespace Planner.Domain.Catalogs;

/// <summary>A price sheet: what one seller asks for one model.</summary>
/// <param name="Key">Key of the sheet: <c>seller:model</c>, with <c>@region</c> where prices differ by region.</param>
/// <param name="Seller">Who sells it, in lower case: <c>openai</c>, <c>anthropic</c>, <c>groq</c>.</param>
/// <param name="Name">Name of the model as sold.</param>
/// <param name="Prices">Prices per million tokens; unknown ones are null.</param>
/// <param name="ContextTokens">Longest prompt, tokens; null where unknown.</param>
/// <param name="DeprecatedFrom">Day from which the vendor no longer serves it; null where none is announced.</param>
/// <param name="Provenance">Source and date of the prices.</param>
public sealed record PriceSheet(
    string Key, string Seller, string Name, TokenPrices Prices, int? ContextTokens, DateOnly? DeprecatedFrom, Provenance Provenance)
{
    /// <summary>Prices that a source says will hold from a later month on, the earliest first; empty where none are announced.</summary>
    public IReadOnlyList<AnnouncedPrice> Announced { get; init; } = [];

    /// <summary>What other sources say of the same offer, where it is not the same; empty where they agree or nobody else lists it.</summary>
    public IReadOnlyList<OtherQuote> OtherQuotes { get; init; } = [];
}

/// <summary>What another source says that a sheet costs.</summary>
/// <param name="Prices">Its prices per million tokens.</param>
/// <param name="Provenance">The source and the day.</param>
public sealed record OtherQuote(TokenPrices Prices, Provenance Provenance);
