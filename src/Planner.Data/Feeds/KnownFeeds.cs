using Planner.Data.Entities;

namespace Planner.Data.Feeds;

/// <summary>The public feeds that the planner reads, where they are served and when they are fetched.</summary>
/// <remarks>Odd minutes: those who serve them ask pollers to keep away from round ones, which are crowded.</remarks>
internal static class KnownFeeds
{
    private const string SkyPilotCatalog = "https://raw.githubusercontent.com/skypilot-org/skypilot-catalog/master/catalogs/v8";

    // What AWS alone has in one file; the rest of a feed of machines fits into far less.
    private const int LargestInstances = InstanceFile.MaxBytes;

    public static IReadOnlyList<FeedOptions> All { get; } =
    [
        new()
        {
            Id = PriceFeeds.LiteLlm,
            Name = "LiteLLM",
            Url = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
            Cron = "0 37 4 * * ?",
            Content = new PublicPriceContent((file, _) => LiteLlmReader.Read(file.Span)),
            Rank = 1,
        },
        new()
        {
            Id = "genai-prices",
            Name = "genai-prices",
            Url = "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json",
            Cron = "0 52 4 * * ?",
            Content = new PublicPriceContent(GenAiPricesReader.Read) { IsDated = true },
        },
        new()
        {
            Id = "openrouter",
            Name = "OpenRouter",
            Url = "https://openrouter.ai/api/v1/models",
            Cron = "0 7 5 * * ?",
            Content = new PublicPriceContent(OpenRouterReader.Read),
            // What a router charges it knows best itself; LiteLLM copies it late.
            Rank = 2,
        },
        new()
        {
            Id = "llm-prices",
            Name = "llm-prices",
            Url = "https://www.llm-prices.com/historical-v1.json",
            RedirectHosts = ["llm-prices.com"],
            Cron = "0 22 5 ? * MON",
            Content = new PublicPriceContent(LlmPricesReader.Read) { IsDated = true },
        },
        new()
        {
            Id = "vantage",
            Name = "Vantage (AWS)",
            Url = "https://instances.vantage.sh/instances.json",
            Cron = "0 41 5 * * ?",
            Timeout = TimeSpan.FromMinutes(5),
            MaxBytes = LargestInstances,
            Content = new InstanceContent((file, _) => VantageReader.Read(file)),
            Rank = 1,
        },
        SkyPilot("aws", "0 11 6 * * ?", rank: 0),
        SkyPilot("gcp", "0 17 6 * * ?", rank: 1),
        SkyPilot("azure", "0 23 6 * * ?", rank: 0),
        SkyPilot("lambda", "0 29 6 * * ?", rank: 1),
        SkyPilot("runpod", "0 33 6 * * ?", rank: 0),
        SkyPilot("nebius", "0 39 6 * * ?", rank: 1),
        new()
        {
            Id = "azure-retail",
            Name = "Azure Retail Prices",
            Url = "https://prices.azure.com/api/retail/prices?$filter=serviceName%20eq%20'Virtual%20Machines'%20and%20contains(armSkuName,'Standard_N')",
            // Some hundred pages, one after the other.
            Cron = "0 13 3 ? * SUN",
            Timeout = TimeSpan.FromMinutes(30),
            MaxBytes = LargestInstances,
            NextPage = AzureRetailReader.TryNextPage,
            Content = new InstanceContent(AzureRetailReader.Read) { IsDated = true },
            Rank = 1,
        },
        new()
        {
            Id = "runpod",
            Name = "RunPod",
            Url = "https://api.runpod.io/graphql",
            RequestBody = """{"query":"{gpuTypes{id displayName memoryInGb securePrice communityPrice}}"}""",
            Cron = "0 47 6 * * ?",
            Content = new InstanceContent((file, _) => RunPodReader.Read(file)),
            Rank = 1,
        },
        new()
        {
            Id = "aws-spot-advisor",
            Name = "AWS Spot Advisor",
            Url = "https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json",
            Cron = "0 53 6 ? * MON",
            Content = new InterruptionContent(),
        },
    ];

    /// <summary>Their ranks.</summary>
    internal static IReadOnlyDictionary<string, int> Ranks { get; } = All.ToDictionary(feed => feed.Id, feed => feed.Rank);

    /// <summary>Whether a row's origin is somebody's own list, one that is gone included.</summary>
    internal static bool IsOwnList(string origin) => origin is not (Origins.Seed or Origins.User) && !Ranks.ContainsKey(origin);

    private static FeedOptions SkyPilot(string cloud, string cron, int rank) => new()
    {
        Id = $"skypilot-{cloud}",
        Name = $"SkyPilot catalog ({cloud})",
        Url = $"{SkyPilotCatalog}/{cloud}/vms.csv",
        FileType = "csv",
        Cron = cron,
        Content = new InstanceContent((file, _) => SkyPilotReader.Read(file, cloud)),
        Rank = rank,
    };
}
