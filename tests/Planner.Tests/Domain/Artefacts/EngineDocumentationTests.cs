using System.Text.RegularExpressions;
using Planner.Domain;
using Planner.Domain.Artefacts;
using Planner.Domain.Planning;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

public partial class EngineDocumentationTests
{
    [Fact]
    public void List_of_flags_says_its_release_its_source_and_what_it_lacks()
    {
        foreach (var engine in EngineDocumentation.All)
        {
            Assert.NotEmpty(engine.Version);
            Assert.StartsWith("https://", engine.Url, StringComparison.Ordinal);
            Assert.StartsWith("https://", engine.Source, StringComparison.Ordinal);
            Assert.Equal(engine.Complete, engine.Lacks is null);
            Assert.True(engine.AsOf >= new DateOnly(2026, 11, 1));
            Assert.All(engine.Flags, flag => Assert.Matches(Flag(), flag));
            Assert.All(engine.Variables, variable => Assert.Matches(Variable(), variable));
            Assert.Equal(engine.Flags.Count, engine.Flags.Distinct().Count());
            Assert.Equal(engine, EngineDocumentation.Of(engine.Key));
        }

        Assert.Null(EngineDocumentation.Of("unknown"));
    }

    /// <summary>A list of what Planner writes would be no list to check it against.</summary>
    [Theory]
    [InlineData("vllm", "--enforce-eager", 250)]
    [InlineData("sglang", "--page-size", 300)]
    [InlineData("tensorrt-llm", "--max_beam_width", 35)]
    [InlineData("tgi", "--ngrok", 50)]
    [InlineData("tei", "--pooling", 25)]
    [InlineData("llama.cpp", "--threads", 300)]
    [InlineData("ollama", "OLLAMA_MAX_QUEUE", 30)]
    public void List_holds_flags_that_planner_never_writes(string engine, string flag, int atLeast)
    {
        var documentation = EngineDocumentation.Of(engine)!;
        string[] known = [.. documentation.Flags, .. documentation.Variables];
        Assert.Contains(flag, known);
        Assert.True(known.Length >= atLeast);
    }

    [Fact]
    public void Flag_or_variable_that_the_release_does_not_document_is_refused_by_its_name()
    {
        Assert.Null(Refused("vllm", null, documentation => documentation));
        var flag = Refused("vllm", null, documentation => documentation with { Flags = [.. documentation.Flags.Where(one => one != "--max-num-seqs")] });
        Assert.Equal("optionId", flag!.Path);
        Assert.Contains("vLLM 0.32.0 has no --max-num-seqs", flag.Message, StringComparison.Ordinal);
        Assert.Contains("has no OLLAMA_NUM_PARALLEL", Refused("ollama", "someone/Llama-3.1-8B-GGUF", documentation => documentation with { Variables = [.. documentation.Variables.Where(one => one != "OLLAMA_NUM_PARALLEL")] })!.Message, StringComparison.Ordinal);
    }

    private static Problem? Refused(string engine, string? checkpoint, Func<EngineDocumentation, EngineDocumentation> of)
    {
        var scenario = Plans.Scenario(Plans.Fleet with { Engine = engine, Precision = checkpoint is null ? "bf16" : "int4" });
        var plan = ServingPlan.Of(scenario, Plans.Catalog, Engine.Evaluate(scenario, Plans.Catalog), "self", checkpoint).Plan!;
        return ArtefactWriter.Write(plan with { Documentation = of(plan.Documentation) }).Refusal;
    }

    [Fact]
    public void Every_image_is_pinned_to_a_release_and_an_engines_to_the_one_whose_flags_are_checked()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine)
        {
            var services = ReadYaml.Document(Plans.Bundle(Plans.Scenario(option, Plans.Api, Plans.Mix), "mix", checkpoint).File("compose.yaml"))["services"]!.AsObject();
            Assert.All(services, service => Assert.Matches(Pinned(), (string)service.Value!["image"]!));
            Assert.Contains(EngineDocumentation.Of(option.Engine)!.Version, (string)services["engine"]!["image"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Readme_says_whether_the_list_is_complete()
    {
        Assert.Contains("each flag and variable is among the 55 of Text Generation Inference 3.3.7", Plans.Bundle(Plans.Fleet with { Engine = "tgi" }).File("README.md"), StringComparison.Ordinal);
        Assert.Contains("that list is not complete: Read from", Plans.Bundle(Plans.Fleet).File("README.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A--[a-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Flag();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@":[^:]*(\d+\.\d+\.\d+|b\d{4,})(-rocm)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned();
}
