using System.Diagnostics;
namespace Orleans.Paxos.Verification;

internal static class Program
{
    public static int Main(string[] args)
    {
        var first = long.Parse(args[0]);
        var last = long.Parse(args[1]);
        var trace = args.Length > 2;
        long exceptions = 0; AppDomain.CurrentDomain.FirstChanceException += (_, _) => exceptions++;
        var watch = Stopwatch.StartNew();
        long steps = 0, ops = 0, bad = 0; double sim = 0;
        var counts = new FaultCounts();
        var answers = new Dictionary<string, int>();
        for (var seed = first; seed <= last; seed++)
        {
            var t = watch.ElapsedMilliseconds;
            var result = SimulationRun.Execute(seed, trace: trace);
            if (trace) Console.Write(result.Trace);
            steps += result.Steps; ops += result.Operations.Count; counts.Add(result.Counts); sim += result.SimulatedTicks / 1e7;
            foreach (var o in result.Operations) { var k = o.Kind + " " + o.Answer; answers[k] = answers.GetValueOrDefault(k) + 1; }
            if (watch.ElapsedMilliseconds - t > 1000) Console.WriteLine($"slow seed {seed}: {watch.ElapsedMilliseconds - t} ms {result.Steps} steps");
            if (result.Violations.Count > 0) { bad++; if (bad < 15) Console.WriteLine($"seed {seed}: {string.Join(" | ", result.Violations.Take(3).Select(v => v.Length > 400 ? v[..400] : v))}"); }
        }
        Console.WriteLine($"{last - first + 1} seeds, {bad} bad, {watch.Elapsed.TotalSeconds:0.0} s, {steps} steps {exceptions} exceptions, {ops} ops, {sim:0} simulated s, {(last - first + 1) / watch.Elapsed.TotalSeconds:0.0} seeds/s");
        foreach (var k in Enum.GetValues<FaultKind>()) Console.Write($"{k} {counts[k]}, ");
        Console.WriteLine();
        foreach (var k in answers.OrderBy(a => a.Key)) Console.Write($"{k.Key}: {k.Value}, ");
        Console.WriteLine();
        return bad > 0 ? 1 : 0;
    }
}
