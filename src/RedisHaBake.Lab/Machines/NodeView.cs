namespace RedisHaBake.Lab.Machines;

/// <summary>One machine as `lab status` shows it.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="State">How far its boot is: off, booting, or ready, which says nothing of what became of it since.</param>
/// <param name="Link">up, or cut.</param>
/// <param name="Redis">What its Redis answers to the application's user: master, replica (synced or not), "not running", or why it does not answer.</param>
/// <param name="Doing">What the machine does or waits for.</param>
public sealed record NodeView(string Node, string Address, string State, string Link, string Redis, string Doing);
