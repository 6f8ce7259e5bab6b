using BenchmarkDotNet.Running;
using Planner.Benchmarks;

if (args is ["figures", ..])
    return Figures.Print();

BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args);
return 0;
