using BenchmarkDotNet.Running;
using Planner.Benchmarks;

switch (args)
{
    case ["figures", ..]:
        return Figures.Print();
    case ["edits", var address, var browser]:
        return await EditLatency.PrintAsync(address, browser);
    case ["edits", ..]:
        Console.Error.WriteLine("edits ADDRESS BROWSER: the address of a running app and the path of a Chromium, such as: edits http://127.0.0.1:5080 /usr/bin/chromium");
        return 2;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args);
        return 0;
}
