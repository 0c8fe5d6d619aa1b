using System.Text;
using Pellucid.Graphs;
using Pellucid.Host.Data;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Tests.Data;

/// <summary>Texts are read as they were written, or not at all.</summary>
public sealed class TextFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Encodings_that_say_what_they_are_are_read()
    {
        foreach (Encoding encoding in new[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            File.WriteAllText(_path, "a,caf\u00e9\n", encoding);
            Assert.Equal("a,caf\u00e9\n", TextFile.Read(_path, 100));
        }
    }

    [Fact]
    public void Other_bytes_are_refused_with_their_line()
    {
        File.WriteAllBytes(_path, [(byte)'a', (byte)'\n', (byte)'c', 0xE9, (byte)'\n']);
        Assert.Contains("line 2: this is no UTF-8", Assert.Throws<PellucidException>(() => TextFile.Read(_path, 100)).Message, StringComparison.Ordinal);
        Assert.Contains("line 2", Assert.Throws<PellucidException>(() => CsvTable.Read(_path)).Message, StringComparison.Ordinal);
        Assert.Contains("line 2", Assert.Throws<PellucidException>(() => ExperimentFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_characters_are_refused_with_their_line()
    {
        File.WriteAllText(_path, "image,value\na\0.png,1\n");
        Assert.Contains("line 2: there is a null character", Assert.Throws<PellucidException>(() => CsvTable.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ends_at_the_limit()
    {
        File.WriteAllText(_path, new string('a', 100));
        Assert.Equal(100, TextFile.Read(_path, 100).Length);
        Assert.Contains("larger than 99 bytes", Assert.Throws<PellucidException>(() => TextFile.Read(_path, 99)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_mistakes_is_cut()
    {
        ExperimentFile file = ExperimentFile.Parse(string.Concat(Enumerable.Range(0, 100).Select(i => $"k{i}: 1\n")), "e.yaml", ".");
        string message = Assert.Throws<ExperimentException>(() => file.Experiment).Message;
        Assert.Matches(@"^\d+ things", message);
        Assert.Matches(@"\.\.\. and \d+ more$", message);
        Assert.Equal(32, message.Split('\n').Length);
    }
}
