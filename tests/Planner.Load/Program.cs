using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Planner.Load;

string[] parts = ["soak", "evaluations", "circuits"];
if (args is not [var program, .. var rest] || !File.Exists(program))
{
    Console.Error.WriteLine("PROGRAM [soak] [evaluations] [circuits] [--steps 100,200,…] [--days 3] [--out FOLDER]: path of a published Planner.Web.dll, and what to measure; all of it by default");
    return 2;
}

var folder = ValueOf("--out");
int[] counts = ValueOf("--steps") is { } list ? [.. list.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))] : [50, 100, 200, 300, 400, 500, 600, 800, 1000];
var days = int.Parse(ValueOf("--days") ?? "1", CultureInfo.InvariantCulture);
var asked = rest.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };
using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseCookies = false };
using var http = new HttpClient(handler);
foreach (var part in parts.Where(part => asked.Count == 0 || asked.Contains(part)))
{
    // Each has an app of its own: beside memory that another load left, that of its pages could not be told.
    var loadBefore = MeasuredApp.LoadAverage();
    await using var app = await MeasuredApp.StartAsync(program, [("Pages__Most", "5000"), ("Api__RequestsPerMinute", "0"), .. part == "soak" ? Soak.Settings : []]);
    await http.GetStringAsync(app.Address);
    await Task.Delay(TimeSpan.FromSeconds(20));
    var idle = Math.Round(app.Use().ResidentMiB);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part}: idle {idle} MiB, load average {loadBefore}"));
    var readers = await Readers.PrepareAsync(http, app.Address);
    object figures = part switch
    {
        "soak" => await Soak.RunAsync(app, http, readers, Soak.VisitsADay * days),
        "evaluations" => EvaluationsOf(await EvaluationLoad.RunAsync(app, http, readers, [4, 16])),
        _ => CircuitsOf(await CircuitLoad.RunAsync(app, http, readers, counts)),
    };
    Console.Write(await app.ComplaintsAsync());
    if (folder is null)
        continue;
    var results = new
    {
        date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        machine = new { processors = Environment.ProcessorCount, memoryGiB = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0, 1), os = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription, loadAverageBefore = loadBefore },
        command = $"dotnet run -c Release --project tests/Planner.Load -- Planner.Web.dll {string.Join(' ', rest.TakeWhile(word => word != "--out"))}",
        idle = new { residentMiB = idle, goal = 250, ratio = Ratio(idle, 250) },
        figures,
    };
    await File.WriteAllTextAsync(Path.Combine(folder, $"{part}.json"), JsonSerializer.Serialize(results, json) + "\n");
}

return 0;

string? ValueOf(string option) => Array.IndexOf(rest, option) is >= 0 and var at && at + 1 < rest.Length ? rest[at + 1] : null;

// Below 1 is better than asked.
static double Ratio(double figure, double goal) => Math.Round(figure / goal, 2);

static object EvaluationsOf(List<EvaluationStep> steps) =>
    new { goalPerSecond = EvaluationLoad.GoalPerSecond, ratio = Ratio(EvaluationLoad.GoalPerSecond, steps.Max(step => step.PerSecond)), steps };

static object CircuitsOf((List<CircuitStep> Steps, double OpenMilliseconds) found)
{
    var carried = found.Steps.LastOrDefault(step => step.Answer is { P95: <= CircuitLoad.GoalMilliseconds });
    var each = found.Steps.Count > 1 ? CircuitLoad.MiBPerCircuit(found.Steps) : (double?)null;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{carried?.Circuits} circuits within {CircuitLoad.GoalMilliseconds} ms, {each} MiB each, opened in {found.OpenMilliseconds} ms (p50)"));
    return new
    {
        thinkSeconds = CircuitLoad.Think.TotalSeconds,
        goalMilliseconds = CircuitLoad.GoalMilliseconds,
        most = carried?.Circuits,
        goal = CircuitLoad.GoalCircuits,
        ratio = carried is null ? (double?)null : Ratio(CircuitLoad.GoalCircuits, carried.Circuits),
        mebibytesPerCircuit = each,
        openMillisecondsP50 = found.OpenMilliseconds,
        steps = found.Steps,
    };
}
