namespace RedisHaBake.Lab.Recording;

/// <summary>How a client fares while it runs.</summary>
/// <param name="Acked">Acks so far.</param>
/// <param name="LastAck">When the last one came, from the recording's beginning.</param>
/// <param name="LongestGap">The longest time between two acks so far.</param>
/// <param name="Trouble">What went wrong with the last write; empty when it was acked.</param>
public sealed record WriterProgress(int Acked, TimeSpan LastAck, TimeSpan LongestGap, string Trouble);
