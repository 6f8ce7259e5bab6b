using System.Diagnostics;
using System.Net;
using System.Text;
using Xunit;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>A ClickHouse of the tests' own, on this machine's loopback and in a folder that goes with it. Where the machine has none, its tests are skipped.</summary>
public sealed class ClickHouseServer : IAsyncLifetime
{
    internal const string User = "planner";
    internal const string Password = "a-secret-of-the-server";

    private static readonly string[] Programs = ["/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server"];

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-clickhouse-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly int _port = ServerProcess.FreePort();
    private Process? _process;

    internal string Url => $"http://127.0.0.1:{_port}/";

    /// <summary>The number of the release that answers.</summary>
    internal string Release { get; private set; } = "";

    /// <summary>Ends a test as skipped where there is no server.</summary>
    internal void Require() => Assert.SkipWhen(_process is null, "There is no ClickHouse server on this machine (Debian 12: apt-get install clickhouse-server).");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Programs.FirstOrDefault(File.Exists) is not { } program)
            return;
        var config = Path.Combine(_folder, "config.xml");
        await File.WriteAllTextAsync(config, $"""
            <yandex>
              <logger><level>error</level><log>{_folder}/log</log><errorlog>{_folder}/errors</errorlog></logger>
              <http_port>{_port}</http_port><tcp_port>{ServerProcess.FreePort()}</tcp_port><listen_host>127.0.0.1</listen_host>
              <path>{_folder}/data/</path><tmp_path>{_folder}/tmp/</tmp_path><format_schema_path>{_folder}/schemas/</format_schema_path>
              <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>67108864</mark_cache_size><timezone>UTC</timezone>
            </yandex>
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "users.xml"), $"""
            <yandex>
              <profiles><default/><locked><readonly>1</readonly></locked></profiles>
              <users>
                <{User}><password>{Password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></{User}>
                <locked><password/><networks><ip>127.0.0.1</ip></networks><profile>locked</profile><quota>default</quota></locked>
                <default><password_sha256_hex>{new string('0', 64)}</password_sha256_hex><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
              </users>
              <quotas><default/></quotas>
            </yandex>
            """);
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" --config-file=\"$1\" >said 2>&1 </dev/null");
        start.ArgumentList.Add(program);
        start.ArgumentList.Add(config);
        _process = Process.Start(start)!;
        await AnswersAsync();
        Release = (await AskAsync("SELECT version()")).Trim();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a statement and gives its answer.</summary>
    internal async Task<string> AskAsync(string sql, string rows = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(rows.Length == 0 ? sql : $"{sql}\n{rows}", Encoding.UTF8) };
        request.Headers.Add("X-ClickHouse-User", User);
        request.Headers.Add("X-ClickHouse-Key", Password);
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? answer : throw new InvalidOperationException(answer);
    }

    private async Task AnswersAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1) && !_process!.HasExited; await Task.Delay(50))
        {
            try
            {
                using var response = await _http.GetAsync($"{Url}ping");
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException($"clickhouse-server does not start: {await File.ReadAllTextAsync(Path.Combine(_folder, "said"))}");
    }
}

/// <summary>Tests that ask the same ClickHouse, one after the other.</summary>
[CollectionDefinition(nameof(ClickHouseTests))]
public sealed class ClickHouseTests : ICollectionFixture<ClickHouseServer>;
