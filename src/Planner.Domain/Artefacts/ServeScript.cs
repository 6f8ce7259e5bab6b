using System.Globalization;
using System.Text;

namespace Planner.Domain.Artefacts;

/// <summary>The command that starts one replica.</summary>
internal static class ServeScript
{
    public static string Write(ServingPlan plan)
    {
        var command = EngineCommand.Of(plan);
        var body = new StringBuilder();
        foreach (var (name, value) in command.Environment)
            body.Append(CultureInfo.InvariantCulture, $"export {name}={ShellText.Word(Local(value))}\n");
        if (plan.Documentation == EngineDocumentation.Tei)
            body.Append(ShellText.Command(Docker(plan, command)));
        else if (plan.Documentation == EngineDocumentation.Ollama)
            body.Append(Ollama(plan, command));
        else
            body.Append("exec ").Append(ShellText.Command([.. command.Words.Select(word => word == EngineCommand.TensorRtConfig ? "trtllm.yaml" : Local(word))]));
        return ShellText.Script($"{plan.Scenario.Name}: {plan.Chosen.Name}", body.ToString());
    }

    /// <summary>Outside of a container the engine is open to this machine only: it asks nobody who calls.</summary>
    private static string Local(string word) => word == "0.0.0.0" || word.StartsWith("0.0.0.0:", StringComparison.Ordinal) ? $"127.0.0.1{word[7..]}" : word;

    /// <summary>The model under its name, with the plan's context.</summary>
    public static string Modelfile(ServingPlan plan) =>
        string.Create(CultureInfo.InvariantCulture, $"# {YamlText.OneLine($"{plan.Scenario.Name}: {plan.Chosen.Name}")}\nFROM hf.co/{plan.Weights.Repository}\nPARAMETER num_ctx {plan.MaxLength}\n");

    /// <summary>Text Embeddings Inference is handed out as an image.</summary>
    private static List<string> Docker(ServingPlan plan, EngineCommand command)
    {
        var port = plan.Documentation.Port.ToString(CultureInfo.InvariantCulture);
        List<string> words = ["exec", "docker", "run", "--rm"];
        // An encoder on processors has as many of them as the plan gives a replica.
        words.AddRange([plan.HasGpus ? "--gpus" : "--cpus", plan.Fleet.GpusPerReplica.ToString(CultureInfo.InvariantCulture)]);
        words.AddRange(["--publish", $"127.0.0.1:{port}:{port}", "--volume", $"{plan.Name}:/data", "--env", "HF_TOKEN", Images.Of(plan.Documentation, plan.Gpu)!]);
        return [.. words, .. command.Arguments];
    }

    /// <summary>The server runs while the model is made, and on until it is stopped.</summary>
    private static string Ollama(ServingPlan plan, EngineCommand command) =>
        $"{ShellText.Command(command.Words).TrimEnd('\n')} &\nserver=$!\ntrap 'kill \"$server\"' EXIT\n"
        + "until ollama list >/dev/null 2>&1; do kill -0 \"$server\"; sleep 1; done\n"
        + ShellText.Command(["ollama", "create", plan.ServedName, "-f", "Modelfile"])
        + "wait \"$server\"\n";
}
