using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planner.Data.Usage;

/// <summary>Requests that Langfuse or Helicone logged, counted by the ClickHouse that holds them, over HTTP. Each statement may only read; ClickHouse has no transaction that would show all of them one state.</summary>
internal sealed partial class ClickHouseUsage : IUsageDatabaseSession
{
    private const long LongestAnswer = 64 << 20;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly UsageDatabaseSettings _settings;
    private readonly ClickHouseTable _table;
    private readonly Uri _address;
    private readonly string? _password;

    private ClickHouseUsage(UsageDatabaseSettings settings, ClickHouseTable table, UsageSpan span)
    {
        _settings = settings;
        _table = table;
        _password = settings.ReadPassword();
        // Read-only comes last: nothing may be set after it.
        _address = new UriBuilder(settings.Url!)
        {
            Query = string.Create(CultureInfo.InvariantCulture, $"max_execution_time={settings.Timeout.TotalSeconds:0}&wait_end_of_query=1&readonly=1"),
        }.Uri;
        // Not of the factory, which would log addresses.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = Grace })
        {
            Timeout = settings.Timeout + Grace,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        var requests = table.Requests(settings.Schema, span);
        var faulty = UsageRequests.IsFaulty(span.Now);
        Source = $"(SELECT * FROM {requests} WHERE NOT ({faulty})) AS usage";
        LeftOutSql = $"SELECT {Dialect.Whole("count(*)")} FROM {requests} WHERE {faulty}";
    }

    public UsageDialect Dialect => ClickHouseDialect.Instance;

    public string Source { get; }

    public string LeftOutSql { get; }

    /// <summary>Readies a connection; it is made by the first statement.</summary>
    /// <exception cref="UsageRefusedException">The password cannot be read.</exception>
    internal static ClickHouseUsage Open(UsageDatabaseSettings settings, UsageSpan span) =>
        new(settings, settings.Kind == UsageDatabaseKind.LangfuseClickHouse ? ClickHouseTable.Langfuse : ClickHouseTable.Helicone, span);

    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<IUsageRow, T> read, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(sql, cancellationToken);
        var data = answer.RootElement.GetProperty("data");
        if (data.GetArrayLength() > UsageRequests.MostRows)
            throw UsageRequests.TooMany();
        var rows = new List<T>(data.GetArrayLength());
        foreach (var row in data.EnumerateArray())
            rows.Add(read(new Row(row)));
        return rows;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonDocument> AskAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new StringContent($"{sql} FORMAT JSONCompact", Encoding.UTF8) };
            if (_settings.User is { } user)
                request.Headers.TryAddWithoutValidation("X-ClickHouse-User", user);
            if (_password is not null)
                request.Headers.TryAddWithoutValidation("X-ClickHouse-Key", _password);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Refusal(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonDocument.ParseAsync(content, default, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            // Its message may name the host; the kind of error says enough.
            throw new UsageRefusedException(UsageTexts.DatabaseUnreachable.With(exception.HttpRequestError));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UsageRefusedException(UsageTexts.DatabaseSilent);
        }
        catch (JsonException)
        {
            throw new UsageRefusedException(UsageTexts.DatabaseBroken);
        }
    }

    /// <summary>What went wrong, for the user. The server's own words may quote the statement or the account, so only the number of its error is read.</summary>
    private UsageRefusedException Refusal(HttpStatusCode status, string body)
    {
        var code = ErrorCode().Match(body) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new UsageRefusedException(code switch
        {
            60 => UsageTexts.DatabaseNoTable.With(_table.Name),
            81 => UsageTexts.DatabaseUnknown,
            16 or 47 => UsageTexts.DatabaseColumnMissing.With(MissingColumn(body)),
            159 or 160 => UsageTexts.DatabaseTimedOut.With(_settings.Timeout.TotalSeconds),
            164 => UsageTexts.DatabaseSettingsLocked,
            192 or 193 or 194 or 516 => UsageTexts.DatabaseLoginRefused,
            497 => UsageTexts.DatabaseNoRight.With(_table.Name),
            0 when status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => UsageTexts.DatabaseLoginRefused,
            0 => UsageTexts.DatabaseRefused.With($"HTTP {(int)status}"),
            _ => UsageTexts.DatabaseRefused.With(code),
        });
    }

    /// <summary>The column that we asked for and the server does not know.</summary>
    private string MissingColumn(string body) => Array.Find(_table.Columns, column => body.Contains(column, StringComparison.Ordinal)) ?? "?";

    [GeneratedRegex(@"^\s*Code:\s*(\d{1,6})")]
    private static partial Regex ErrorCode();

    /// <summary>A row of an answer: whole numbers of 64 bits come as texts or as numbers, by the server's release.</summary>
    private sealed class Row(JsonElement cells) : IUsageRow
    {
        public long? Whole(int column) => cells[column] switch
        {
            { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } text => long.Parse(text.GetString()!, CultureInfo.InvariantCulture),
            var number => number.GetInt64(),
        };

        public double? Number(int column) => cells[column] is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

        public string? Text(int column) => cells[column].GetString();
    }
}
