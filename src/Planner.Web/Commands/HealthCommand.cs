using System.CommandLine;
using System.Text.Json;
using Planner.Domain.Scenarios;
using Planner.Web.Api;
using Planner.Web.Reports;
using Planner.Web.Security;

namespace Planner.Web.Commands;

/// <summary><c>planner health</c>: asks the app that runs on this machine how it fares, for images and services without a program that could.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var url = new Option<Uri?>("--url")
        {
            Description = "Where the app listens; by default where its settings say.",
            HelpName = "URL",
            CustomParser = result =>
            {
                if (result.Tokens is [{ Value: var text }] && Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" })
                    return address;
                result.AddError(CommandTexts.HealthUrl);
                return null;
            },
        };
        var command = new Command("health", "Asks the running app whether it can serve. Ends with 1 where it cannot, or does not answer.") { url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetValue(url) ?? Configured() ?? throw new CommandRefusedException(CommandTexts.HealthNoAddress);
            var answer = await AskAsync(address, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync(answer.Status);
            foreach (var check in answer.Checks.Where(check => check.Reason is not null))
                await output.WriteLineAsync($"{check.Name}: {check.Reason}");
            return answer.Status == "Unhealthy" ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static Uri? Configured()
    {
        var asked = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").Build();
        return OwnAddress.Choose(ListenAddresses.From(CommandHost.Settings(), asked).Configured);
    }

    private static async Task<HealthAnswer> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        // The app is on this machine and may have a certificate for its public name only.
        using var handler = new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = address.IsLoopback ? HttpClientHandler.DangerousAcceptAnyServerCertificateValidator : null };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return JsonSerializer.Deserialize<HealthAnswer>(await response.Content.ReadAsStringAsync(cancellationToken), ScenarioJson.Options)!;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandRefusedException(CommandTexts.HealthNoAnswer.With(address), exception);
        }
    }
}
