using Planner.Data.Seed;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A worked example that ships with the product.</summary>
/// <param name="Id">Its id: the file's name.</param>
/// <param name="Scenario">The document.</param>
public sealed record Example(string Id, Scenario Scenario);

/// <summary>The worked examples that ship with the product. They are read once and never change.</summary>
public sealed class ExampleStore
{
    private readonly Lazy<IReadOnlyList<Example>> _examples = new(() => [.. SeedFile.Embedded("Seed/examples/").Select(Read)]);

    /// <summary>All examples by id.</summary>
    public IReadOnlyList<Example> All => _examples.Value;

    /// <summary>An example; null where there is none with this id.</summary>
    public Example? Find(string id) => All.FirstOrDefault(example => example.Id == id);

    private static Example Read(SeedFile file)
    {
        var (scenario, problem) = ScenarioJson.Read(file.Text);
        return scenario is null
            ? throw new InvalidDataException(Texts.SeedUnreadable.With(file.Name, $"{problem!.Path}: {problem.Message}"))
            : new Example(Path.GetFileNameWithoutExtension(file.Name), scenario);
    }
}
