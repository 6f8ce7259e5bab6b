using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Planner.Benchmarks;

switch (args)
{
    case ["figures", ..]:
        return await Figures.PrintAsync();
    case ["fit", var file]:
        return CapacityFitting.Fit(file, Path.Combine("src", "Planner.Domain", "Capacity", "calibration.json"));
    case ["fit", var file, "--out", var target]:
        return CapacityFitting.Fit(file, target);
    case ["crossvalidate", var file]:
        return CapacityFitting.CrossValidate(file, Path.Combine("src", "Planner.Domain", "Capacity", "accuracy.json"));
    case ["published", var file]:
        return PublishedRuns.Write(file, Path.Combine("src", "Planner.Domain", "Capacity", "published.json"));
    case ["accuracy", var file]:
        return CapacityAccuracy.Print(file);
    case ["accuracy" or "fit" or "crossvalidate" or "published", ..]:
        Console.Error.WriteLine("accuracy FILE.csv, fit FILE.csv [--out PATH], crossvalidate FILE.csv, published FILE.csv: benchmark runs in the columns of the calibration file");
        return 2;
    case ["catalog"]:
        return CatalogBenchmarks.Print(null);
    case ["catalog", var path]:
        return CatalogBenchmarks.Print(path);
    case ["usage", var rows] when int.TryParse(rows, out var count) && count > 0:
        return await UsageBenchmarks.PrintAsync(count);
    case ["edits", var address, var browser]:
        return await EditLatency.PrintAsync(address, browser);
    case ["edits", ..]:
        Console.Error.WriteLine("edits ADDRESS BROWSER: the address of a running app and the path of a Chromium, such as: edits http://127.0.0.1:5080 /usr/bin/chromium");
        return 2;
    case ["pages", var program, var browser, .. var rest] when File.Exists(program):
        return await PageSpeed.PrintAsync(program, browser, int.Parse(ValueOf(rest, "--runs") ?? "7", CultureInfo.InvariantCulture), ValueOf(rest, "--of") ?? "", ValueOf(rest, "--out"));
    case ["pages", ..]:
        Console.Error.WriteLine("pages PROGRAM BROWSER [--runs 7] [--of NOTE] [--out FILE]: the path of a published Planner.Web.dll and that of a Chromium");
        return 2;
    default:
        // A project that BenchmarkDotNet writes for itself does not restore beside central package versions (NU1109): what is timed runs in this process.
        var config = DefaultConfig.Instance.WithArtifactsPath("artifacts/benchmarks").AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault());
        BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args, config);
        return 0;
}

static string? ValueOf(string[] words, string option) => Array.IndexOf(words, option) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
