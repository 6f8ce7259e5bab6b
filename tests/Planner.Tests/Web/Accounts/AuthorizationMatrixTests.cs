using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Usage;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>Role × endpoint × workspace: each endpoint of the app is asked by everybody there can be.</summary>
public sealed class AuthorizationMatrixTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    /// <summary>What an endpoint says to a caller.</summary>
    private enum Says
    {
        Enter,
        WhoAreYou,
        No,
        NoSuchThing,
        Failure,
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("stranger")]
    [InlineData("viewer")]
    [InlineData("editor")]
    [InlineData("admin")]
    [InlineData("editor of another workspace")]
    [InlineData("admin of another workspace")]
    [InlineData("token read")]
    [InlineData("token write")]
    [InlineData("token admin")]
    [InlineData("token of another workspace")]
    [InlineData("token that is wrong")]
    public async Task Everybody_gets_in_where_the_matrix_says_and_nowhere_else(string who)
    {
        using var client = app.Client(who);
        var wrong = new List<string>();
        await app.FillAsync();
        foreach (var row in AuthorizationMatrix.Rows.OrderBy(Spoils).ThenByDescending(row => row.Pattern.Length))
        {
            foreach (var method in row.Method.Length == 0 ? ["GET"] : row.Method.Split(','))
            {
                var expected = Expected(who, row);
                // A form of a page needs more than a role.
                if (row.Method == "GET,POST" && method == "POST" && expected is Says.Enter or Says.NoSuchThing)
                    continue;
                using var request = new HttpRequestMessage(new HttpMethod(method), app.Address(row));
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                if (Heard(answer) != expected && !(expected == Says.Enter && Heard(answer) == Says.NoSuchThing && !row.OfWorkspace))
                    wrong.Add($"{method} {row.Pattern}: {(int)answer.StatusCode} {answer.Headers.Location}, expected {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Those last that take away what others ask for.</summary>
    private static int Spoils(MatrixRow row) => row.Method == "DELETE" ? 2 : row.Pattern.EndsWith("/check", StringComparison.Ordinal) ? 1 : 0;

    private static Says Expected(string who, MatrixRow row)
    {
        if (row.Admits == Admits.Everybody)
            return Says.Enter;
        var isApi = row.Pattern.StartsWith("/api/v1", StringComparison.Ordinal);
        if (who is "anonymous" or "token that is wrong" || (who.StartsWith("token", StringComparison.Ordinal) && !isApi))
            return Says.WhoAreYou;
        var admitted = who switch
        {
            "stranger" => Admits.SignedIn,
            "viewer" or "token read" => Admits.Viewers,
            "editor" or "token write" or "editor of another workspace" or "token of another workspace" => Admits.Editors,
            "admin of another workspace" => Admits.Admins,
            _ => Admits.Keepers,
        };
        if (row.Admits > admitted)
            return Says.No;
        return row.OfWorkspace && who.Contains("another", StringComparison.Ordinal) ? Says.NoSuchThing : Says.Enter;
    }

    private static Says Heard(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Says.WhoAreYou,
        HttpStatusCode.Forbidden => Says.No,
        HttpStatusCode.NotFound => Says.NoSuchThing,
        HttpStatusCode.Redirect when answer.Headers.Location!.ToString().StartsWith("/sign-in?returnUrl=", StringComparison.Ordinal) => Says.WhoAreYou,
        HttpStatusCode.Redirect when answer.Headers.Location!.ToString() == "/no-access" => Says.No,
        // The host has no browser to print with.
        HttpStatusCode.ServiceUnavailable when answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/report.pdf", StringComparison.Ordinal) => Says.Enter,
        >= HttpStatusCode.InternalServerError => Says.Failure,
        _ => Says.Enter,
    };
}

/// <summary>The app with somebody of each kind, and something of each kind in the first workspace.</summary>
public sealed class MatrixApp : IAsyncLifetime
{
    private readonly AccountsHost _host = new();
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, string> _ids = [];

    public async ValueTask InitializeAsync()
    {
        var admin = await _host.AddUserAsync("admin", Role.Admin, proxied: true);
        var other = await _host.AddWorkspaceAsync("Other", admin);
        await _host.AddUserAsync("stranger", null, proxied: true);
        await _host.AddUserAsync("viewer", Role.Viewer, proxied: true);
        await _host.AddUserAsync("editor", Role.Editor, proxied: true);
        var otherEditor = await _host.AddUserAsync("editor of another workspace", Role.Editor, other, proxied: true);
        await _host.AddUserAsync("admin of another workspace", Role.Admin, other, proxied: true);
        var tokens = _host.Services.GetRequiredService<ApiTokenStore>();
        foreach (var (who, scope) in new[] { ("token read", Role.Viewer), ("token write", Role.Editor), ("token admin", Role.Admin) })
            _tokens[who] = (await tokens.CreateAsync(admin, WorkspaceRow.FirstId, who, scope)).Token;
        _tokens["token of another workspace"] = (await tokens.CreateAsync(otherEditor, other, "other", Role.Admin)).Token;
        _tokens["token that is wrong"] = ApiTokenStore.Prefix + new string('a', 43);
    }

    public HttpClient Client(string who) => who == "anonymous" ? _host.Browser() : _tokens.TryGetValue(who, out var token) ? _host.Program(token) : _host.Proxied(who);

    /// <summary>The address of a row, with what is in the first workspace where the route names something of one.</summary>
    public string Address(MatrixRow row) => Regex.Replace(row.Pattern, @"\{(\*\*)?(?<name>\w+)(:\w+)?\}", match => match.Groups["name"].Value switch
    {
        "documentName" => "v1",
        "version" => "1",
        "linkId" => _ids["link"],
        "id" or "Id" or "ScenarioId" when row.Pattern.Contains("scenarios/", StringComparison.Ordinal) || row.Pattern.Contains("report/", StringComparison.Ordinal) => _ids["scenario"],
        "id" when row.Pattern.Contains("usage/imports", StringComparison.Ordinal) => _ids["import"],
        "id" or "Id" when row.Pattern.Contains("usage/", StringComparison.Ordinal) => row.Method == "DELETE" ? _ids["spare"] : _ids["usage"],
        "id" when row.Pattern.Contains("alerts/", StringComparison.Ordinal) => _ids["alert"],
        "target" or "schedule" => "999999",
        "id" or "Id" when row.Pattern.Contains(":long", StringComparison.Ordinal) => "999999",
        _ => "unknown",
    }) + (row.Pattern.EndsWith("artefacts.zip", StringComparison.Ordinal) ? "?option=api" : "");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Puts something of each kind into the first workspace.</summary>
    public async Task FillAsync()
    {
        // The alert that is made up stays: nothing compares the scenario with today's prices.
        await _host.Services.GetRequiredService<DecisionWatch>().StopAsync(CancellationToken.None);
        _ids["scenario"] = await _host.StoreAsync(WorkspaceRow.FirstId);
        using var _ = _host.Services.GetRequiredService<CurrentReach>().AsProgram();
        await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        var link = new ShareLinkRow { ScenarioId = _ids["scenario"], TokenHash = Guid.NewGuid().ToString("N"), CreatedUtc = DateTime.UtcNow };
        var alert = new AlertRow { ScenarioId = _ids["scenario"], Version = 1, RaisedUtc = DateTime.UtcNow, BeforeJson = "{}", AfterJson = "{}", CausesJson = "[]" };
        context.AddRange(link, alert);
        await context.SaveChangesAsync();
        (_ids["link"], _ids["alert"]) = ($"{link.Id}", $"{alert.Id}");
        var usage = _host.Services.GetRequiredService<UsageStore>();
        _ids["usage"] = $"{await usage.AddAsync("Measured")}";
        _ids["spare"] = $"{await usage.AddAsync("Spare")}";
        var import = new UsageImportRow
        {
            SetId = long.Parse(_ids["spare"], System.Globalization.CultureInfo.InvariantCulture),
            FileName = "a.csv",
            Sha256 = "0",
            Format = "other",
            MappingJson = "{}",
            SkippedJson = "[]",
            RowsFile = "none.parquet",
        };
        context.Add(import);
        await context.SaveChangesAsync();
        _ids["import"] = $"{import.Id}";
    }
}
