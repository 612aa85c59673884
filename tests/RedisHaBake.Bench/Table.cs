namespace RedisHaBake.Bench;

/// <summary>Prints what was measured.</summary>
internal static class Table
{
    public static void Print(int runs, (string Name, IReadOnlyList<FirstBoot> Boots) ours, (string Name, IReadOnlyList<FirstBoot> Boots) tutorial, AgentReport agent)
    {
        Console.WriteLine($"first boot of three blank machines, from power-on, median of {runs} (slowest)");
        Console.WriteLine($"  {"",-42} {"writes and reads",-18} {"replicas synced",-18} verified, ready");
        foreach (var (name, boots) in new[] { ours, tutorial })
            Console.WriteLine($"  {name,-42} {Seconds(boots, b => b.Serves),-18} {Seconds(boots, b => b.Whole),-18} {(boots[0].Verified > 0 ? Seconds(boots, b => b.Verified) : "never")}");
        Console.WriteLine("steps of the last of ours");
        foreach (var (node, steps) in agent.Steps)
            Console.WriteLine($"  {node,-10} {string.Join(" · ", steps.Where(s => s.Milliseconds >= 50).Select(s => $"{s.Step} {s.Milliseconds / 1000.0:0.0} s"))}");
        Console.WriteLine("memory of the agent's service (at most 40,000 kB resident)");
        foreach (var (node, resident, proportional) in agent.Memory)
            Console.WriteLine($"  {node,-10} {resident} kB resident, {proportional} kB of it its own share");
    }

    private static string Seconds(IReadOnlyList<FirstBoot> boots, Func<FirstBoot, double> of)
    {
        var sorted = boots.Select(of).Order().ToList();
        return $"{sorted[sorted.Count / 2]:0.0} s ({sorted[^1]:0.0})";
    }
}
