using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.PostgreSql;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>The program as a process: what it refuses, it refuses in one line and with an exit code.</summary>
public sealed class StartUpTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--urls http://0.0.0.0:0", "", "")]
    [InlineData("--urls http://127.0.0.1:0;http://*:0", "", "")]
    [InlineData("--urls nonsense", "", "")]
    [InlineData("--Kestrel:Endpoints:Web:Url http://+:0", "", "")]
    [InlineData("", "ASPNETCORE_URLS", "http://[::]:0")]
    [InlineData("", "ASPNETCORE_HTTP_PORTS", "8080")]
    public async Task Address_that_others_can_reach_is_refused(string arguments, string variable, string value)
    {
        var (code, errors) = await RunAsync(arguments, (variable, value));
        Assert.NotEqual(0, code);
        Assert.Contains("--urls http://127.0.0.1:5080", Assert.Single(errors), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "planner.db")));
    }

    [Fact]
    public async Task Port_in_use_is_refused_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var (code, errors) = await RunAsync($"--urls {address}");
        Assert.NotEqual(0, code);
        Assert.Contains($"{address} is in use", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_refused_in_one_line()
    {
        var blocked = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(blocked, "");
        var (code, errors) = await RunAsync($"--urls http://127.0.0.1:0 --Database:Path {blocked}/planner.db");
        Assert.NotEqual(0, code);
        Assert.Contains(blocked, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_of_secrets_that_is_not_there_is_refused_in_one_line()
    {
        var (code, errors) = await RunAsync($"--urls http://127.0.0.1:0 --Secrets:Folder {_folder}/nowhere");
        Assert.NotEqual(0, code);
        Assert.Contains("Secrets:Folder", Assert.Single(errors), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "planner.db")));
    }

    [Theory]
    [InlineData("--Database:Provider MySql", "Database:Provider")]
    [InlineData("--Database:Provider PostgreSql", "Database:ConnectionString")]
    [InlineData("--Reports:Folder reports", "Reports:Folder")]
    [InlineData("--Reports:Smtp:Host mail.example.com --Reports:Smtp:Port 465", "implicit TLS")]
    [InlineData("--Pdf:Pages 99", "Pages")]
    [InlineData("--Pdf:Paper A3", "Pdf:Paper")]
    [InlineData("--Pages:Most abc", "Pages:Most")]
    public async Task Setting_that_cannot_be_is_refused_in_one_line(string arguments, string named)
    {
        var (code, errors) = await RunAsync($"--urls http://127.0.0.1:0 {arguments}");
        Assert.NotEqual(0, code);
        Assert.Contains(named, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore planner.backup")]
    public async Task Commands_read_settings_that_are_files_and_leave_backups_of_a_server_to_it(string command)
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "Database__Provider"), "PostgreSql\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "Database__ConnectionString"), "Host=db.example;Database=planner;Username=planner;Password=secret-9\n");

        var (code, errors) = await RunAsync(command, ("Secrets__Folder", secrets));

        Assert.Equal(1, code);
        Assert.Contains("The database db.example:5432/planner is on a server", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-9", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_of_a_file_is_printed_from_it_where_the_settings_name_a_server()
    {
        var (path, document) = (Path.Combine(_folder, "planner.db"), Path.Combine(_folder, "chat.json"));
        await NodeAccounts.PrepareAsync(DatabaseSettings.File(path), TestContext.Current.CancellationToken);
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(document, ScenarioJson.Write(new ExampleStore().Find("high-volume-chat")!.Scenario));
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "Database__Provider"), "PostgreSql\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "Database__ConnectionString"), "Host=127.0.0.1;Port=1;Database=planner;Username=planner\n");

        var (code, errors) = await RunAsync($"report {document} -o chat.pdf --database {path}", ("Secrets__Folder", secrets), ("Pdf__BrowserPath", "/no-browser"));

        // It came as far as the browser, of which there is none.
        Assert.Equal((1, true), (code, Assert.Single(errors).Contains("/no-browser", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Move_reads_the_server_from_settings_that_are_files_and_never_tells_its_password()
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "Database__Provider"), "PostgreSql\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "Database__ConnectionString"), "Host=127.0.0.1;Port=1;Database=planner;Username=planner;Password=secret-9\n");

        var (code, errors) = await RunAsync("migrate-store --to moved.db", ("Secrets__Folder", secrets));

        Assert.Equal(1, code);
        Assert.StartsWith("planner: Nothing was moved from 127.0.0.1:1/planner to ", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-9", errors[0], StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "moved.db")));
        var (none, said) = await RunAsync("migrate-store");
        Assert.Equal((2, "planner: Name what is moved with --from, or where it goes with --to; the other one is the database of the app's settings."), (none, Assert.Single(said)));
        Assert.StartsWith("planner: --from: neither", Assert.Single((await RunAsync("migrate-store --to x.db --from postgres://planner@db/planner")).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_of_a_newer_program_is_refused_in_one_line_and_left_alone()
    {
        var path = Path.Combine(_folder, "newer.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT NOT NULL);
                INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0.0');
                """;
            await command.ExecuteNonQueryAsync();
        }

        var before = await File.ReadAllBytesAsync(path);
        var (code, errors) = await RunAsync($"--urls http://127.0.0.1:0 --Database:Path {path}");

        Assert.NotEqual(0, code);
        Assert.Contains("29990101000000_Future", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    private async Task<(int Code, string[] Errors)> RunAsync(string arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "Planner.Web.dll")}\" {arguments}")
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in new[] { "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS" })
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The program goes on after: {await errors}");
        }

        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
        return (process.ExitCode, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
