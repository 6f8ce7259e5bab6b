using System.Globalization;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>The configuration of LiteLLM for a mix: the fleet first, the API for what the fleet does not take. Keys stay in the environment.</summary>
internal static class RouterFile
{
    /// <summary>Variable with the fleet's address.</summary>
    public const string FleetAddress = "FLEET_API_BASE";

    private const string FleetKey = "FLEET_API_KEY";
    private const string MasterKey = "LITELLM_MASTER_KEY";
    private const string ApiModel = "FALLBACK_MODEL";
    private const string ApiKey = "FALLBACK_API_KEY";

    /// <summary>Variables that the configuration reads.</summary>
    public static IReadOnlyList<string> Variables(ServingPlan plan, ApiOption api) =>
    [
        FleetAddress, FleetKey, MasterKey,
        .. plan.ApiSheet is null ? [ApiModel] : Array.Empty<string>(),
        .. KeyVariable(plan) is { } key ? [key] : Array.Empty<string>(),
    ];

    public static string Write(ServingPlan plan)
    {
        var (fleet, api) = (plan.ServedName, $"{plan.ServedName}-fallback");
        var mix = plan.Chosen as HybridOption;
        var isByTask = mix is { Mode: HybridModes.Tasks };
        var tasks = isByTask ? mix!.Routes.Select((route, i) => (Route: route, Alias: Alias(route.Task, i))).ToList() : [];
        return YamlText.Write($"{plan.Scenario.Name}: {plan.Chosen.Name}", new YamlMap
        {
            { "model_list", new List<object> { Fleet(plan, fleet), Api(plan, api) } },
            {
                "router_settings", new YamlMap
                {
                    { "num_retries", 0 },
                    { "timeout", plan.GraceSeconds },
                    { "allowed_fails", 3 },
                    { "cooldown_time", 30 },
                    // Requests a minute are a hint otherwise; what exceeds them goes to the fallback.
                    { "optional_pre_call_checks", isByTask ? null : new List<object> { "enforce_model_rate_limits" } },
                    { "fallbacks", isByTask ? null : new List<object> { new YamlMap { { fleet, new List<object> { api } } } } },
                    { "model_group_alias", isByTask ? Aliases(tasks, plan, fleet, api) : null },
                }
            },
            { "general_settings", new YamlMap { { "master_key", Variable(MasterKey) } } },
        });
    }

    private static YamlMap Fleet(ServingPlan plan, string name) => new()
    {
        { "model_name", name },
        {
            "litellm_params", new YamlMap
            {
                { "model", $"openai/{plan.ServedName}" },
                { "api_base", Variable(FleetAddress) },
                { "api_key", Variable(FleetKey) },
                { "rpm", RequestsPerMinute(plan) },
            }
        },
    };

    private static YamlMap Api(ServingPlan plan, string name) => new()
    {
        { "model_name", name },
        {
            "litellm_params", new YamlMap
            {
                { "model", plan.ApiSheet is { } sheet ? $"{sheet.Seller}/{ModelOf(sheet.Key)}" : Variable(ApiModel) },
                { "api_key", KeyVariable(plan) is { } key ? Variable(key) : null },
                { "rpm", plan.Api?.Limits?.RequestsPerMinute is { } limit ? (long)limit : null },
            }
        },
    };

    /// <summary>What the fleet serves at the SLO, requests a minute; null where that is not known per request.</summary>
    private static long? RequestsPerMinute(ServingPlan plan)
    {
        var tokens = plan.Result.Capacity?.Basis switch
        {
            ThroughputBases.Input => plan.Workload.InputTokens,
            ThroughputBases.Output => plan.Workload.OutputTokens + plan.Workload.ReasoningTokens,
            _ => plan.Workload.InputTokens + plan.Workload.OutputTokens + plan.Workload.ReasoningTokens,
        };
        return plan.Result.Capacity is { TokensPerSecond: > 0 and var rate } && tokens > 0 ? (long)Math.Clamp(Math.Floor(rate * 60 / (double)tokens), 1, 1e12) : null;
    }

    private static YamlMap Aliases(List<(TaskRoute Route, string Alias)> tasks, ServingPlan plan, string fleet, string api)
    {
        var aliases = new YamlMap();
        foreach (var (route, alias) in tasks)
            aliases.Add(alias, route.OptionId == plan.Fleet.Id ? fleet : api);
        return aliases;
    }

    private static string Alias(string task, int index)
    {
        var letters = string.Concat(task.ToLowerInvariant().Take(60).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"task-{index + 1}{(letters.Length == 0 ? "" : "-")}{letters}");
    }

    private static string ModelOf(string key)
    {
        var model = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return model.Split('@')[0];
    }

    /// <summary>Variable with the API's key; null where the cloud's own identity stands for one.</summary>
    private static string? KeyVariable(ServingPlan plan) => plan.ApiSheet?.Seller switch
    {
        null => ApiKey,
        var seller when seller.StartsWith("bedrock", StringComparison.Ordinal) || seller.StartsWith("vertex", StringComparison.Ordinal) => null,
        "cohere_chat" => "COHERE_API_KEY",
        "together_ai" => "TOGETHERAI_API_KEY",
        var seller => string.Concat(seller.ToUpperInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')) + "_API_KEY",
    };

    private static string Variable(string name) => $"os.environ/{name}";
}
