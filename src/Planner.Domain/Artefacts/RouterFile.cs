using System.Globalization;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>The configuration of LiteLLM for a mix: the fleet first and the API for what it does not take, or each task to the option that serves it. Keys stay in the environment.</summary>
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

    /// <summary>The configuration before a number of replicas.</summary>
    public static string Write(ServingPlan plan, long replicas)
    {
        var isByTask = plan.StandIn is null;
        // Only a mix with overflow sends away what its fleet could not serve in time; elsewhere a limit would send the API what the plan's fleet is to serve.
        var isLimited = plan.Chosen is HybridOption { Mode: HybridModes.Overflow };
        var (fleet, api) = (plan.ServedName, $"{plan.ServedName}-{(isByTask ? "api" : "fallback")}");
        return YamlText.Write($"{plan.Scenario.Name}: {plan.Chosen.Name}", new YamlMap
        {
            { "model_list", new List<object> { Fleet(plan, fleet, isLimited || isByTask ? RequestsPerMinute(plan, replicas) : null), Api(plan, api) } },
            {
                "router_settings", new YamlMap
                {
                    { "num_retries", 0, isByTask ? Texts.YamlDefault : Texts.YamlRetries },
                    { "timeout", plan.GraceSeconds, Texts.YamlTimeout },
                    { "allowed_fails", 3, Texts.YamlDefault },
                    { "cooldown_time", 30, Texts.YamlDefault },
                    // Requests a minute are a hint otherwise; what exceeds them goes to the fallback.
                    { "optional_pre_call_checks", isLimited ? new List<object> { "enforce_model_rate_limits" } : null },
                    { "fallbacks", isByTask ? null : new List<object> { new YamlMap { { fleet, new List<object> { api } } } } },
                    { "model_group_alias", isByTask ? Aliases(plan, fleet, api) : null },
                }
            },
            { "general_settings", new YamlMap { { "master_key", Variable(MasterKey) } } },
        });
    }

    private static YamlMap Fleet(ServingPlan plan, string name, long? requestsPerMinute) => new()
    {
        { "model_name", name },
        {
            "litellm_params", new YamlMap
            {
                { "model", $"openai/{plan.ServedName}" },
                { "api_base", Variable(FleetAddress) },
                { "api_key", Variable(FleetKey) },
                { "rpm", requestsPerMinute },
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

    /// <summary>What some of the fleet's replicas serve at the SLO, requests a minute; null where that is not known per request.</summary>
    private static long? RequestsPerMinute(ServingPlan plan, long replicas)
    {
        var tokens = plan.Result.Capacity?.Basis switch
        {
            ThroughputBases.Input => Mean(plan, route => route.InputTokens, plan.Workload.InputTokens),
            ThroughputBases.Output => Generated(plan),
            _ => Mean(plan, route => route.InputTokens, plan.Workload.InputTokens) + Generated(plan),
        };
        return plan.Result.Capacity is { TokensPerSecond: > 0 and var rate } && tokens > 0 ? (long)Math.Clamp(Math.Floor(rate * 60 / (double)tokens * replicas / plan.Result.Replicas!.Value), 1, 1e12) : null;
    }

    private static decimal Generated(ServingPlan plan) => Mean(plan, route => route.OutputTokens, plan.Workload.OutputTokens) + plan.Workload.ReasoningTokens;

    /// <summary>Mean length of the requests that the fleet serves: in a mix by task those of its own tasks only.</summary>
    private static decimal Mean(ServingPlan plan, Func<TaskRoute, decimal?> length, decimal ofWorkload)
    {
        var routes = plan.Chosen is HybridOption { Mode: HybridModes.Tasks } mix ? mix.Routes.Where(route => route.OptionId == plan.Fleet.Id).ToList() : [];
        return routes.Sum(route => route.Share) is > 0 and var share ? routes.Sum(route => route.Share * (length(route) ?? ofWorkload)) / share : ofWorkload;
    }

    /// <summary>Names by which clients ask for the tasks of a mix, with the task and whether the fleet serves it; none for other options.</summary>
    public static IReadOnlyList<(string Alias, string Task, bool IsFleet)> Tasks(ServingPlan plan) => plan.Chosen is HybridOption { Mode: HybridModes.Tasks } mix
        ? [.. mix.Routes.Select((route, i) => (Alias(route.Task, i), route.Task, route.OptionId == plan.Fleet.Id))]
        : [];

    private static YamlMap Aliases(ServingPlan plan, string fleet, string api)
    {
        var aliases = new YamlMap();
        foreach (var (alias, _, isFleet) in Tasks(plan))
            aliases.Add(alias, isFleet ? fleet : api);
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
