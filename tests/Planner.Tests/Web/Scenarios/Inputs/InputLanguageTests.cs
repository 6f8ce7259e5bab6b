using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Tests.Domain;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Inputs;

/// <summary>The inputs of a scenario in both languages.</summary>
public sealed class InputLanguageTests
{
    private static readonly Scenario Ranged = Documents.HighVolumeChat with { Ranges = [new InputRange { Path = "workload.cacheReadShare" }] };

    [Fact]
    public void Every_field_is_called_something_in_both_languages() => Assert.All(InputField.Paths, path =>
    {
        Assert.NotEqual(path, Speaking.English(() => InputField.At(Ranged, path)!.Label));
        Assert.NotEqual(path, Speaking.German(() => InputField.At(Ranged, path)!.Label));
    });

    [Theory]
    [InlineData("workload.seasonality[2]", "Saison, Mär")]
    [InlineData("options[0].price.inputUsdPerM", "API: Preis der Eingabe")]
    [InlineData("ranges[0].low", "Spanne von Aus dem Cache gelesen: niedrig")]
    [InlineData("options[9].price.inputUsdPerM", "Optionen 10: Preis, Eingabe, USD pro Mio.")]
    public void Input_has_a_German_name(string path, string name) => Assert.Equal(name, Speaking.German(() => InputField.NameOf(Ranged, path)));

    [Fact]
    public void Messages_quote_inputs_as_the_language_does_and_once()
    {
        const string Message = "Das geht nicht: workload.cacheWriteShare: nein.";
        var german = Speaking.German(() => InputField.InWords(Ranged, Message));
        Assert.Equal("Das geht nicht: „In den Cache geschrieben“: nein.", german);
        Assert.Equal("„workload.cacheWriteShare“", Speaking.German(() => InputField.InWords(Ranged, "„workload.cacheWriteShare“")));
    }

    [Fact]
    public void Choices_are_those_of_each_reader_and_of_one_value()
    {
        Assert.Equal("Business hours", Speaking.English(() => InputChoices.Shapes[1].Text));
        Assert.Equal("Geschäftszeiten", Speaking.German(() => InputChoices.Shapes[1].Text));
        Assert.Equal(Speaking.English(() => InputChoices.Shapes.Select(choice => choice.Value)), Speaking.German(() => InputChoices.Shapes.Select(choice => choice.Value)));
        Assert.Equal("USD/Monat", Speaking.German(() => InputField.At(Ranged, "baselineMonthlyUsd")!.Unit));
    }

    [Fact]
    public void Every_member_of_the_document_has_words()
    {
        var members = typeof(Scenario).Assembly.GetTypes().Where(type => type.Namespace == typeof(Scenario).Namespace && type.IsSubclassOf(typeof(DocumentNode)))
            .SelectMany(type => type.GetProperties().Where(property => property.SetMethod is not null && property.Name != nameof(DocumentNode.Unknown)))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToHashSet();

        Assert.True(members.Count > 100);
        Assert.All(members, member => Assert.NotNull(MemberTexts.ResourceManager.GetString(member, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("extras 2", Speaking.English(() => InputNames.Words("extras[1]")));
        Assert.Equal("weitere Posten 2", Speaking.German(() => InputNames.Words("extras[1]")));
        Assert.Equal("no such member", Speaking.German(() => InputNames.Words("noSuchMember")));
    }

    [Fact]
    public async Task Worked_examples_are_told_by_the_first_sentence_of_their_notes_in_each_language()
    {
        using var database = await TestDatabase.PreparedAsync();
        var examples = database.Get<ExampleStore>();
        foreach (var example in examples.All)
        {
            var told = await ToldAsync(examples, "en-US", example.Id);
            Assert.EndsWith(".", told, StringComparison.Ordinal);
            Assert.StartsWith($"{told} ", $"{example.Scenario.Notes} ", StringComparison.Ordinal);
            Assert.NotEqual(told, await ToldAsync(examples, "de-DE", example.Id));
        }
    }

    [Fact]
    public async Task Inputs_of_a_German_reader_are_German_and_what_they_set_is_not()
    {
        var form = new ScenarioForm(new ScenarioEditor(Documents.HighVolumeChat, Documents.Catalog, TimeProvider.System), () => { });
        using var renderer = TestRenderer.Create();
        var html = await Speaking.German(() => renderer.RenderAsync<WithForm<LineInputs>>(("Form", form), ("Parts", new Dictionary<string, object> { ["Option"] = form.Draft.Options[1], ["Path"] = "options[1]" })));
        Assert.Contains("Weitere monatliche Posten", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Further monthly lines", html, StringComparison.Ordinal);
        Assert.Equal("Self-hosted", Speaking.German(() => OptionEdits.AddFleet(form.Draft).Options[^1].Name));
    }

    private static async Task<string> ToldAsync(ExampleStore examples, string culture, string id)
    {
        using var renderer = TestRenderer.Create(services => services.AddSingleton(examples));
        Func<Task<string>> render = () => renderer.RenderAsync<ExampleGallery>();
        var html = await (culture == "de-DE" ? Speaking.German(render) : Speaking.English(render));
        var card = html[html.IndexOf($"/examples/{id}", StringComparison.Ordinal)..];
        var start = card.IndexOf("<p", StringComparison.Ordinal);
        start = card.IndexOf('>', start) + 1;
        return System.Net.WebUtility.HtmlDecode(card[start..card.IndexOf("</p>", start, StringComparison.Ordinal)]);
    }
}
