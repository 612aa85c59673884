namespace RedisHaBake.Resp.Tests;

public sealed class RespClientTests
{
    [Fact]
    public async Task An_address_that_is_not_known_yet_cannot_be_reached()
    {
        var e = await Assert.ThrowsAsync<RespUnreachableException>(() => RespClient.ConnectAsync(new("auto", 6379, "", ""), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));

        Assert.Contains("expected an IP address, found \"auto\"", e.Message);
    }

    [Fact]
    public async Task Reads_every_kind_of_reply_byte_by_byte()
    {
        using var server = new ScriptedServer("*7\r\n+OK\r\n-ERR no\r\n:-5\r\n$4\r\na\r\nb\r\n$-1\r\n*-1\r\n*1\r\n$0\r\n\r\n");
        await using var client = await server.ConnectAsync();
        var reply = await client.CallAsync("ANY");
        Assert.Equal(
            [RespKind.Simple, RespKind.Error, RespKind.Integer, RespKind.Bulk, RespKind.Null, RespKind.Null, RespKind.Array],
            reply.Items.Select(i => i.Kind));
        Assert.Equal("a\r\nb", reply.Items[3].Text);
        Assert.Equal(-5, reply.Items[2].Number);
        Assert.Equal("ERR", reply.Items[1].ErrorCode);
    }

    [Fact]
    public async Task Sends_arguments_length_prefixed_so_that_none_becomes_a_command()
    {
        using var server = new ScriptedServer("+OK\r\n");
        await using var client = await server.ConnectAsync();
        await client.CallAsync("SET", "key", "é\r\nFLUSHALL");
        Assert.Equal("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$12\r\né\r\nFLUSHALL\r\n", server.Received);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_time_out()
    {
        using var server = new ScriptedServer("");
        await using var client = await server.ConnectAsync(0.2);
        var e = await Assert.ThrowsAsync<RespUnreachableException>(() => client.CallAsync("PING"));
        Assert.Contains("0.2 s", e.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_a_reply_is_unreachable()
    {
        using var server = new ScriptedServer("$10\r\nabc", close: true);
        await using var client = await server.ConnectAsync();
        await Assert.ThrowsAsync<RespUnreachableException>(() => client.CallAsync("PING"));
    }

    [Fact]
    public async Task A_closed_port_is_unreachable_and_says_where()
    {
        var e = await Assert.ThrowsAsync<RespUnreachableException>(
            () => RespClient.ConnectAsync(new("127.0.0.1", 1), TimeSpan.FromSeconds(1)));
        Assert.Contains("127.0.0.1:1", e.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("*99999999\r\n")]
    [InlineData("$x\r\n")]
    [InlineData("\r\n")]
    public async Task What_is_no_RESP_is_said_so(string bytes)
    {
        using var server = new ScriptedServer(bytes);
        await using var client = await server.ConnectAsync();
        await Assert.ThrowsAsync<RespException>(() => client.CallAsync("PING"));
    }
}
