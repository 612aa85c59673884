namespace RedisHaBake.Lab.Drills;

/// <summary>What one run of a drill showed. Times are in seconds.</summary>
/// <param name="Master">The master at the beginning.</param>
/// <param name="NewMaster">The master at the end; empty where there is none, or more than one.</param>
/// <param name="Acked">Writes acked through the write address.</param>
/// <param name="Lost">Of those, the ones that are not there.</param>
/// <param name="LostInFlight">Of those, the ones that were acked in the failing node's last moment, as far as the drill's bound allows it.</param>
/// <param name="AckedBeside">Writes acked by the nodes themselves to the clients beside them.</param>
/// <param name="LostBeside">Of those, the ones that are not there.</param>
/// <param name="LongestGap">The longest time without an ack through the write address.</param>
/// <param name="GapFrom">When that began, from the fault on.</param>
/// <param name="HealGap">The longest such time once the fault was gone; null where the bound does not ask.</param>
/// <param name="TwoNodesAcked">The time in which two nodes acked.</param>
/// <param name="CutOffAcked">How long after the fault the failed node still acked to the client beside it; null where the bound does not ask.</param>
/// <param name="Back">From the end of the fault until every failed node was a synced replica (or the master) again; null where one is not.</param>
/// <param name="Invented">Values that nobody wrote, or that were refused and are there all the same.</param>
/// <param name="Failures">What must not be, in words; empty for a good run.</param>
public sealed record DrillRun(
    string Master,
    string NewMaster,
    int Acked,
    int Lost,
    int LostInFlight,
    int AckedBeside,
    int LostBeside,
    double LongestGap,
    double GapFrom,
    double? HealGap,
    double TwoNodesAcked,
    double? CutOffAcked,
    double? Back,
    int Invented,
    IReadOnlyList<string> Failures);
