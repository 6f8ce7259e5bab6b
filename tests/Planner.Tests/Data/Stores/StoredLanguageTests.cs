using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Data.Audits;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Advice;
using Planner.Domain.Artefacts;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Data.Stores;

/// <summary>What is stored and handed on is English; what a page computes or reads of it is its reader's.</summary>
public sealed class StoredLanguageTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PreparedAsync([.. SeedFile.Embedded("Seed/catalog/")]);

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_answer_is_stored_in_English_and_read_in_the_readers_language()
    {
        var (store, catalog) = (_database.Get<ScenarioStore>(), _database.Get<CatalogStore>());
        var scenario = _database.Get<ExampleStore>().Find("support-assistant")!.Scenario;
        var snapshot = await catalog.SnapshotAsync(scenario);
        var english = Engine.Evaluate(scenario, snapshot).Verdict.Sentence;
        var german = Speaking.German(() => Engine.Evaluate(scenario, snapshot).Verdict.Sentence);
        Assert.NotEqual(english, german);

        var (id, _) = await Speaking.German(() => store.CreateAsync(scenario, snapshot, Engine.Evaluate(scenario, snapshot)));

        var stored = (await store.GetAsync(id))!;
        Assert.Equal(english, stored.Result.Verdict.Sentence);
        Assert.Equal(JsonSerializer.Serialize(Engine.Evaluate(scenario, snapshot), ScenarioJson.Options), stored.Text!.Result);
        Assert.Equal(english, (await store.ListAsync()).Items.Single().Sentence);
        var read = (await Speaking.German(() => store.GetAsync(id)))!;
        Assert.Equal(german, read.Result.Verdict.Sentence);
        Assert.Equal(stored.Text.Result, read.Text!.Result);
        Assert.Equal(german, (await Speaking.German(() => store.ListAsync())).Items.Single().Sentence);
        Assert.Equal(german, (await Speaking.German(() => store.VersionsAsync(id))).Items.Single().Stored!.Sentence);
        // The same answer in another language is not another version.
        Assert.Equal(new SaveOutcome.Saved(1), await Speaking.German(() => store.SaveAsync(id, 1, scenario, snapshot, Engine.Evaluate(scenario, snapshot))));
    }

    [Theory]
    [InlineData("en-GB", true)]
    [InlineData("en-IN", false)]
    [InlineData("en-ZA", false)]
    [InlineData("de-DE", false)]
    public async Task What_is_stored_does_not_depend_on_how_the_savers_country_writes_figures(string country, bool writesAsStored)
    {
        var (store, catalog) = (_database.Get<ScenarioStore>(), _database.Get<CatalogStore>());
        var scenario = _database.Get<ExampleStore>().Find("high-volume-chat")!.Scenario;
        var snapshot = await catalog.SnapshotAsync(scenario);
        var expected = JsonSerializer.Serialize(Engine.Evaluate(scenario, snapshot), ScenarioJson.Options);
        Assert.Equal(writesAsStored, Speaking.In(country, () => Language.IsStored));
        var (id, _) = await Speaking.In(country, () => store.CreateAsync(scenario, snapshot, Engine.Evaluate(scenario, snapshot)));

        Assert.Equal(expected, (await store.GetAsync(id))!.Text!.Result);
    }

    [Fact]
    public async Task The_audit_log_is_English_whoever_causes_an_entry()
    {
        var store = _database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a"));
        await Speaking.German(() => store.SaveAsync(id, 1, TestDatabase.ScenarioOf("Chat 2"), CatalogSnapshot.Empty, TestDatabase.ResultOf("b")));

        Assert.Contains((await _database.Get<AuditLog>().PageAsync(new AuditQuery(Subject: $"scenarios/{id}"))).Items, entry => entry.Detail == "Chat 2, version 2");
    }

    [Fact]
    public async Task Every_example_has_the_same_figures_in_both_languages()
    {
        foreach (var example in _database.Get<ExampleStore>().All)
        {
            var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(example.Scenario);
            var english = Engine.Evaluate(example.Scenario, snapshot);
            var german = Speaking.German(() => Engine.Evaluate(example.Scenario, snapshot));
            Assert.Equal(Figures(english), Figures(german));
            Assert.Equal(english.Checks.Select(check => (check.Id, check.OptionId)), german.Checks.Select(check => (check.Id, check.OptionId)));
            Assert.All(german.Checks, check => Assert.NotEqual(english.Checks.First(other => (other.Id, other.OptionId) == (check.Id, check.OptionId)).Message, check.Message));
            Assert.Equal(Speaking.English(() => Engine.Workings(example.Scenario, snapshot)).Count, Speaking.German(() => Engine.Workings(example.Scenario, snapshot)).Count);
        }
    }

    [Fact]
    public async Task Files_to_deploy_do_not_depend_on_the_reader_but_what_a_page_says_of_them_does()
    {
        var made = new List<string>();
        foreach (var example in _database.Get<ExampleStore>().All)
        {
            var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(example.Scenario);
            foreach (var option in example.Scenario.Options.Where(option => option is not ApiOption))
                made.AddRange(Compared(example.Scenario, snapshot, option.Id));
        }

        Assert.NotEmpty(made);
    }

    private static IEnumerable<string> Compared(Scenario scenario, CatalogSnapshot snapshot, string option)
    {
        if (ArtefactWriter.Write(scenario, snapshot, Engine.Evaluate(scenario, snapshot), option).Bundle is not { } english)
            yield break;
        var german = Speaking.German(() => ArtefactWriter.Write(scenario, snapshot, Engine.Evaluate(scenario, snapshot), option).Bundle!);

        Assert.Equal(english.Files.Select(file => (file.Name, file.Content)), german.Files.Select(file => (file.Name, file.Content)));
        Assert.All(german.Files.Zip(english.Files), pair => Assert.NotEqual(pair.Second.Purpose, pair.First.Purpose));
        Assert.NotEqual(english.Stack.Select(row => row.Why), german.Stack.Select(row => row.Why));
        yield return option;
    }

    [Fact]
    public async Task Every_symbol_of_a_formula_has_a_word()
    {
        foreach (var example in _database.Get<ExampleStore>().All)
        {
            var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(example.Scenario);
            var result = Engine.Evaluate(example.Scenario, snapshot);
            var operands = result.Options.SelectMany(option => option.Ledger.SelectMany(line => line.Operands).Concat(option.Estimate?.Working.SelectMany(line => line.Operands) ?? []));
            Assert.All(operands, operand => Assert.True(FormulaWords.Knows(operand.Name) || operand.Name == "FLOP/s", operand.Name));
        }

        Assert.Equal("Instanzen × Anteil × Stunden × Preis", Speaking.German(() => FormulaWords.Of("instances × share × hours × price")));
        Assert.Equal("USD/Mio. Token", Speaking.German(() => FormulaWords.Of("USD/M tokens")));
        Assert.Equal("workload.inputTokens × Anteil", Speaking.German(() => FormulaWords.Of("workload.inputTokens × share")));
        Assert.Equal("tokens × price", Speaking.English(() => FormulaWords.Of("tokens × price")));
        Assert.Equal("Token", Speaking.German(() => new WorkingOperand("tokens", "1", "", "")).Name);
    }

    [Fact]
    public void Rules_are_told_to_each_reader_in_his_own_language()
    {
        Assert.Equal("A price is missing", Speaking.English(() => RuleCatalogue.Find("price-unknown")!.Title));
        Assert.Equal("Ein Preis fehlt", Speaking.German(() => RuleCatalogue.Find("price-unknown")!.Title));
        Assert.Equal("A price is missing", Speaking.English(() => RuleCatalogue.Find("price-unknown")!.Title));
    }

    [Fact]
    public void Figures_have_the_readers_scales()
    {
        Assert.Equal("10,89 Mio.", Speaking.German(() => Wording.Count(10_890_000)));
        Assert.Equal("1,5 Mrd.", Speaking.German(() => Format.Count(1.5e9)));
        Assert.Equal("2 Bio.", Speaking.German(() => Format.Count(2e12)));
        Assert.Equal("vor 5 Tagen", Speaking.German(() => Format.Age(TimeSpan.FromDays(5))));
        Assert.Equal("Ab 10 Mio. ist X.", Speaking.German(() => "Ab {0} ist X.".With(Wording.Count(1e7))));
        Assert.Equal("Es sind 10 Mio.", Speaking.German(() => "Es sind {0}.".With(Wording.Count(1e7))));
        Assert.Equal("Es sind 10 Mrd.", Speaking.German(() => "Es sind {0}.".With(Wording.Count(1e10))));
        Assert.Equal("Es sind 2 Bio.", Speaking.German(() => "Es sind {0}.".With(Wording.Count(2e12))));
        Assert.Equal("It is A, then …", Speaking.English(() => "It is {0}.".With("A, then …")));
        Assert.Equal("It is 1.5. Then it ends.", Speaking.English(() => "It is {0}. Then it ends.".With(1.5)));
    }

    [Fact]
    public void A_language_ends_with_its_scope()
    {
        Assert.Equal("True instances, False Instanzen", Speaking.German(() => $"{Language.Stored(Word)}, {Word()}"));
        Assert.True(Speaking.English(() => Language.IsStored));
        // Texts of a third language are English, its figures are not.
        Assert.False(Mixed("en-US", "de-DE"));

        static string Word() => $"{Language.IsStored} {Planner.Domain.Texts.WordInstances}";

        static bool Mixed(string ui, string format)
        {
            var (here, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (CultureInfo.GetCultureInfo(ui), CultureInfo.GetCultureInfo(format));
                return Language.IsStored;
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (here, words);
            }
        }
    }

    private static string Figures(Result result)
    {
        var json = JsonSerializer.SerializeToNode(result, ScenarioJson.Options)!;
        return string.Join(' ', Numbers(json));
    }

    private static IEnumerable<string> Numbers(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Numbers(member.Value)),
        JsonArray items => items.SelectMany(Numbers),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.ToJsonString()],
        _ => [],
    };
}
