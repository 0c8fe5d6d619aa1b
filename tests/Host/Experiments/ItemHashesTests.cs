using Pellucid.Abstractions.Datasets;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>Image files are hashed once, and again whenever size or time says that they may be others.</summary>
public sealed class ItemHashesTests : IDisposable
{
    private static readonly DateTime Old = new(2020, 5, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-hashes-").FullName;
    private readonly Workspace _workspace;

    public ItemHashesTests() => _workspace = Workspace.Open(Path.Combine(_folder, "workspace"));

    private string Image => Path.Combine(_folder, "a.png");

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_as_it_was_is_not_read_again()
    {
        Write("one", Old);
        string first = await HashAsync();
        Write("two", Old);
        Assert.Equal(first, await HashAsync());
        Assert.NotEqual(first, await HashAsync(remember: false));
    }

    [Theory]
    [InlineData("two", 1)]
    [InlineData("three", 0)]
    [InlineData("two", -3600)]
    public async Task A_file_of_another_size_or_time_is(string content, int seconds)
    {
        Write("one", Old);
        string first = await HashAsync();
        Write(content, Old.AddSeconds(seconds));
        string second = await HashAsync();
        Assert.NotEqual(first, second);
        Assert.Equal(await HashAsync(remember: false), second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-60)]
    public async Task A_file_that_was_changed_just_now_is_not_remembered(int secondsAgo)
    {
        Write("one", Old);
        string first = await HashAsync(now: Old.AddSeconds(secondsAgo));
        Write("two", Old);
        Assert.NotEqual(first, await HashAsync());
    }

    [Fact]
    public async Task A_file_behind_a_link_is_looked_at_itself()
    {
        if (OperatingSystem.IsWindows()) return; // links need a privilege there
        string target = Path.Combine(_folder, "target.png");
        File.WriteAllText(target, "one");
        File.SetLastWriteTimeUtc(target, Old);
        File.CreateSymbolicLink(Image, target);
        string first = await HashAsync();
        File.WriteAllText(target, "two");
        Assert.NotEqual(first, await HashAsync());
    }

    [Fact]
    public async Task A_file_that_was_found_to_be_another_is_forgotten()
    {
        Write("one", Old);
        PlannedItem item = await PlanAsync(Old.AddDays(1), _workspace.Planning);
        Write("two", Old);
        Assert.Contains("run again", await ItemHashes.ForgetAsync(item, _workspace.Planning, default), StringComparison.Ordinal);
        Assert.NotEqual(item.ImageHash, await HashAsync());
    }

    [Fact]
    public async Task A_file_that_went_away_says_so()
    {
        Write("one", Old);
        await HashAsync();
        File.Delete(Image);
        Assert.Contains("a.png", (await PlanAsync(Old.AddDays(1), _workspace.Planning)).Problem, StringComparison.Ordinal);
    }

    private void Write(string content, DateTime time)
    {
        File.WriteAllText(Image, content);
        File.SetLastWriteTimeUtc(Image, time);
    }

    private async Task<string> HashAsync(DateTime? now = null, bool remember = true)
    {
        PlannedItem item = await PlanAsync(now ?? Old.AddDays(1), remember ? _workspace.Planning : null);
        Assert.Null(item.Problem);
        return item.ImageHash;
    }

    private async Task<PlannedItem> PlanAsync(DateTime now, IPlanningStore? store) =>
        (await new ItemHashes(store, new FixedClock(now)).PlanAsync([new DatasetItem { Id = "a", Image = new FileImage(Image), Location = new DatasetLocation("file") }], 1, default))[0];

    private sealed class FixedClock(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(now);
    }
}
