using System.Globalization;
using Planner.Domain.Planning;

namespace Planner.Web.Jobs;

/// <summary>When a decision counts as changed and who is told, as configured in <c>Alerts:ThresholdShare</c> and <c>Alerts:WebhookUrl</c>.</summary>
/// <param name="ThresholdShare">Share by which a month's cost or a break-even has to move, 0 to 10.</param>
/// <param name="WebhookUrl">Where alerts are posted; null for nowhere. It may hold a secret, so it is neither logged nor shown.</param>
public sealed record AlertOptions(double ThresholdShare, string? WebhookUrl)
{
    public static AlertOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new AlertOptions(
            double.TryParse(configuration["Alerts:ThresholdShare"], CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 10 ? share : DecisionComparison.DefaultThresholdShare,
            string.IsNullOrWhiteSpace(configuration["Alerts:WebhookUrl"]) ? null : configuration["Alerts:WebhookUrl"]);
    }
}
