using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Dicom;

namespace Pellucid.Modeling.Tests.Imaging;

/// <summary>DICOM files that the tests write. What unpacks pixels runs where GDCM is installed, as it is in continuous integration.</summary>
public sealed class DicomTests
{
    private const uint Center = 0x0028_1050, Width = 0x0028_1051, Intercept = 0x0028_1052, Slope = 0x0028_1053, Function = 0x0028_1056;

    private static readonly int[] Ramp = [.. Enumerable.Range(0, 12).Select(i => i * 300)];

    /// <summary>Whether gdcmconv can be run.</summary>
    private static readonly bool Installed = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "gdcmconv")));

    [Theory]
    [InlineData(DicomWriter.ExplicitLittle)]
    [InlineData(DicomWriter.ImplicitLittle)]
    [InlineData(DicomWriter.Deflated)]
    [InlineData(DicomWriter.ExplicitBig)]
    [InlineData(DicomWriter.Rle)]
    public void A_window_is_applied_as_the_standard_says(string syntax)
    {
        byte[]? gray = Gray(Ramped(syntax: syntax).Text(Slope, "DS", "2").Text(Intercept, "DS", "-5").Text(Center, "DS", "3000\\1").Text(Width, "DS", "4000\\1").Sequence(0x0008_1140));
        if (gray is null) return;

        // PS3.3 C.11.2.1.2.1 in its words.
        Assert.Equal(Ramp.Select(v => (2 * v) - 5).Select(x => Rounded(
            x <= 3000 - 0.5 - (3999 / 2.0) ? 0 : x > 3000 - 0.5 + (3999 / 2.0) ? 255 : (((x - (3000 - 0.5)) / 3999.0) + 0.5) * 255)), gray);
        Assert.Equal((0, 255), (gray[0], gray[11]));
        Assert.InRange(gray[5], 1, 254);
    }

    [Fact]
    public void Monochrome_1_is_white_where_values_are_low()
    {
        byte[]? plain = Gray(Ramped()), inverted = Gray(Ramped(photometric: "MONOCHROME1"));
        if (plain is not null) Assert.Equal(plain.Select(v => (byte)(255 - v)), inverted!);
    }

    [Fact]
    public void Without_a_window_the_range_of_the_values_is_shown()
    {
        byte[]? gray = Gray(Ramped());
        if (gray is null) return;
        Assert.Equal(Ramp.Select(v => Rounded(v * 255.0 / 3300)), gray);
        byte[] padded = Gray(Ramped().Number(0x0028_0120, 3300))!;
        Assert.Equal(Ramp.Select(v => Rounded(Math.Min(v, 3000) * 255.0 / 3000)), padded);
        Assert.Equal(Gray(Ramped(photometric: "MONOCHROME1")), Gray(Ramped().Text(Slope, "DS", "-1")));
        Assert.Equal(new byte[12], Gray(new DicomWriter(4, 3, [.. Enumerable.Repeat(7, 12)])));
        Assert.Equal(new byte[12], Gray(new DicomWriter(4, 3, [.. Enumerable.Repeat(7, 12)]).Number(0x0028_0120, 7)));
    }

    [Fact]
    public void A_window_of_width_one_is_a_threshold_and_other_functions_are_known()
    {
        if (Gray(Ramped().Text(Center, "DS", "900.5").Text(Width, "DS", "1")) is not { } threshold) return;
        Assert.Equal(Ramp.Select(v => v > 900 ? byte.MaxValue : byte.MinValue), threshold);
        Assert.Equal(
            Ramp.Select(v => Rounded(Math.Clamp(((v - 1000) / 2000.0) + 0.5, 0, 1) * 255)), Gray(Ramped().Text(Center, "DS", "1000").Text(Width, "DS", "2000").Text(Function, "CS", "LINEAR_EXACT")));
        Assert.Equal(
            Ramp.Select(v => Rounded(255 / (1 + Math.Exp(-4 * (v - 1000) / 2000.0)))), Gray(Ramped().Text(Center, "DS", "1000").Text(Width, "DS", "2000").Text(Function, "CS", "SIGMOID")));
    }

    [Fact]
    public void Bits_that_do_not_count_are_left_out_and_signs_are_kept()
    {
        int[] signed = [.. Enumerable.Range(0, 12).Select(i => (i - 6) * 300)];
        if (Gray(new DicomWriter(4, 3, signed, signed: true)) is not { } gray) return;
        Assert.Equal(signed.Select(v => Rounded((v + 1800) * 255.0 / 3300)), gray);
        Assert.Equal(gray, Gray(new DicomWriter(4, 3, [.. signed.Select(v => v & 0xFFF)], stored: 12, signed: true)));
        Assert.Equal(Gray(Ramped()), Gray(new DicomWriter(4, 3, [.. Ramp.Select((v, i) => v | (i << 12))], stored: 12)));
        int[] bytes = [.. Enumerable.Range(0, 12).Select(i => i * 20)];
        Assert.Equal(bytes.Select(v => Rounded(v * 255.0 / 220)), Gray(new DicomWriter(4, 3, bytes, bits: 8)));
    }

    [Fact]
    public void Colors_are_kept()
    {
        if (!Installed) return;
        int[] colors = [.. Enumerable.Range(0, 36).Select(i => i * 7)];
        DecodedImage image = ImageDecoder.Decode(new DicomWriter(4, 3, colors, bits: 8, photometric: "RGB").File(), "color.dcm");
        Assert.Equal((PixelMode.Rgb, 4, 3), (image.Mode, image.Width, image.Height));
        Assert.Equal(colors.Select(v => (byte)v), image.Pixels.ToArray());
        int[] planes = [.. Enumerable.Range(0, 3).SelectMany(c => colors.Where((_, i) => i % 3 == c))];
        Assert.Equal(colors.Select(v => (byte)v), ImageDecoder.Decode(new DicomWriter(4, 3, planes, bits: 8, photometric: "RGB").Number(0x0028_0006, 1).File(), "planes.dcm").Pixels.ToArray());
    }

    [Fact]
    public void Without_GDCM_the_package_is_named()
    {
        PellucidException refusal = Assert.Throws<PellucidException>(() => DicomDecoder.Decode(
            Ramped().File(), "x.dcm", ImageLimits.Default, (_, _) => { }, Path.Combine(Path.GetTempPath(), "no-such-gdcmconv"), TestContext.Current.CancellationToken));
        Assert.Contains("x.dcm", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libgdcm-tools", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_takes_too_long_is_stopped()
    {
        if (WithProgram("sleep 60", new ImageLimits { MaxDecodeTime = TimeSpan.FromMilliseconds(200) }) is not { } refusal) return;
        Assert.Equal(nameof(ImageLimits.MaxDecodeTime), Assert.IsType<ImageLimitException>(refusal).Limit);
    }

    [Theory]
    [InlineData("while :; do head -c 500000 /dev/zero >> \"$3\"; sleep 0.02; done", "bytes, more than its header says")] // stopped while it writes
    [InlineData("exec tail /dev/zero", "MiB of memory, many times what its header says")] // a line without an end, which tail keeps
    [InlineData("echo broken >&2; exit 1", "damaged or incomplete: broken")]
    [InlineData("head -c 50000000 /dev/zero | tr '\\0' 'x' >&2; exit 1", "damaged or incomplete: xxx")]
    [InlineData("exec /nowhere/at-all", "needs GDCM, which is not installed")]
    public void A_program_that_runs_wild_is_stopped_and_told(string script, string says)
    {
        if (WithProgram(script, new ImageLimits { MaxDecodeTime = TimeSpan.FromSeconds(20) }) is not { } refusal) return;
        Assert.IsNotType<ImageLimitException>(refusal);
        Assert.Contains("x.dcm", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length < 600, refusal.Message);
    }

    [Fact]
    public void What_cannot_be_read_is_told()
    {
        Refused(Ramped().Without(0x7FE0_0010), "has no pixel data (SOP class 1.2.840.10008.5.1.4.1.1.7)");
        Refused(Ramped(syntax: "1.2.840.10008.1.2.4.103"), "the transfer syntax 1.2.840.10008.1.2.4.103, which is not read");
        Refused(Ramped().Text(0x0028_0008, "IS", "12"), "has 12 frames");
        Refused(Ramped().Number(0x0028_0010, 0), "4 x 0 pixels");
        Refused(Ramped().Number(0x0028_0010, 30), "is incomplete");
        Refused(Ramped().Without(0x0028_0011), "Columns (0028,0011) is missing");
        Refused(Ramped(photometric: "PALETTE COLOR"), "PALETTE COLOR");
        Refused(Ramped().Number(0x0028_0100, 32), "BitsAllocated (0028,0100) is 32");
        Refused(Ramped().Text(0x0028_0101, "US", "\u0011\0"), "BitsStored");
        ImageLimitException limit = Assert.Throws<ImageLimitException>(() => ImageDecoder.Decode(Ramped().Number(0x0028_0011, 40000).File(), "x.dcm"));
        Assert.Equal(nameof(ImageLimits.MaxWidth), limit.Limit);
        if (!Installed) return;
        Refused(Ramped().Text(Center, "DS", "1").Text(Width, "DS", "0"), "WindowWidth (0028,1051) is 0; at least 1 is needed");
        Refused(Ramped().Text(Center, "DS", "one").Text(Width, "DS", "4"), "'one', which is no number");
        Refused(Ramped().Text(Center, "DS", "1").Text(Width, "DS", "4").Text(Function, "CS", "CUBIC"), "VoiFunction (0028,1056) is CUBIC");
    }

    [Theory]
    [InlineData(DicomWriter.ExplicitLittle)]
    [InlineData(DicomWriter.ImplicitLittle)]
    [InlineData(DicomWriter.Rle)]
    public void A_file_cut_short_is_refused(string syntax)
    {
        byte[] file = Ramped(syntax: syntax).Sequence(0x0008_1140).File();
        for (int length = 140; length < file.Length - 8; length += 7)
        {
            PellucidException refusal = Assert.Throws<PellucidException>(() => ImageDecoder.Decode(file.AsMemory(0, length), "cut.dcm"));
            Assert.Contains("cut.dcm", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_without_the_content_is_told()
    {
        PellucidException refusal = Assert.Throws<PellucidException>(() => ImageDecoder.Decode(new byte[500], "scan.dcm"));
        Assert.Contains("'DICM' does not stand behind", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>What is said with a shell script in the place of gdcmconv; null where there are no shell scripts.</summary>
    private static PellucidException? WithProgram(string script, ImageLimits limits)
    {
        if (!OperatingSystem.IsLinux()) return null;
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            return Assert.ThrowsAny<PellucidException>(() => DicomDecoder.Decode(Ramped().File(), "x.dcm", limits, (_, _) => { }, path, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static DicomWriter Ramped(string photometric = "MONOCHROME2", string syntax = DicomWriter.ExplicitLittle) => new(4, 3, Ramp, photometric: photometric, syntax: syntax);

    private static byte[]? Gray(DicomWriter file)
    {
        if (!Installed) return null;
        DecodedImage image = ImageDecoder.Decode(file.File(), "gray.dcm");
        Assert.Equal((PixelMode.Gray, 4, 3), (image.Mode, image.Width, image.Height));
        return image.Pixels.ToArray();
    }

    private static byte Rounded(double value) => (byte)Math.Floor(value + 0.5);

    private static void Refused(DicomWriter file, string part)
    {
        PellucidException refusal = Assert.Throws<PellucidException>(() => ImageDecoder.Decode(file.File(), "x.dcm"));
        Assert.Contains("x.dcm", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }
}
