using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>Settings that come as files.</summary>
public sealed class SecretFilesTests
{
    [Fact]
    public async Task File_is_a_setting_and_wins_over_what_is_set_elsewhere()
    {
        await using var host = new HostWithSecrets();

        var configuration = host.Services.GetRequiredService<IConfiguration>();

        // Editors end files with a new line.
        Assert.Equal("https://hooks.example/secret", AlertOptions.From(configuration).WebhookUrl);
        Assert.Equal("token", configuration["Actuals:Tokens:gpu-1.example"]);
    }

    private sealed class HostWithSecrets : PlannerHost
    {
        public HostWithSecrets()
        {
            var folder = Directory.CreateDirectory(Path.Combine(Folder, "secrets")).FullName;
            File.WriteAllText(Path.Combine(folder, "Alerts__WebhookUrl"), "https://hooks.example/secret\n");
            File.WriteAllText(Path.Combine(folder, "Actuals__Tokens__gpu-1.example"), "token");
            Settings = new Dictionary<string, string> { ["Secrets:Folder"] = folder, ["Alerts:WebhookUrl"] = "https://elsewhere.example/" };
        }

        public override IReadOnlyDictionary<string, string> Settings { get; }
    }
}
