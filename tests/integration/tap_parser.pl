# What Perl's own TAP::Parser makes of TAP streams.
# In:  a JSON array of streams on stdin, each an array of lines.
# Out: a JSON array of facts on stdout, one object a stream; null where Perl's parser does not come to an end.
use strict;
use warnings;

use JSON::PP ();
use TAP::Parser ();
use TAP::Parser::Aggregator ();
use TAP::Parser::Iterator::Array ();

local $SIG{__WARN__} = sub { };

my $json    = JSON::PP->new->utf8->canonical;
my $streams = $json->decode( do { local $/; <STDIN> } );
print $json->encode( [ map { facts($_) } @$streams ] );

sub facts {
    my @lines = @{ $_[0] };
    utf8::encode($_) for @lines;    # Perl's harness sees bytes.
    my $iterator = TAP::Parser::Iterator::Array->new( \@lines );
    my $parser = TAP::Parser->new( { iterator => $iterator } );
    my ( $bail_out, $unknown ) = ( undef, 0 );
    my $endless = 0;
    eval {
        local $SIG{ALRM} = sub { $endless = 1; die "endless\n" };
        alarm 1;
        while ( defined( my $result = $parser->next ) ) {
            $bail_out = $result->explanation if $result->is_bailout && !defined $bail_out;
            $unknown++ if $result->is_unknown;
        }
        alarm 0;
    };
    alarm 0;
    return undef if $endless;

    my $total = TAP::Parser::Aggregator->new;
    $total->add( 'stream', $parser );
    my $planned = $parser->tests_planned;
    utf8::decode($bail_out) if defined $bail_out;
    return {
        planned      => defined $planned ? 0 + $planned : undef,
        run          => 0 + $parser->tests_run,
        passed       => numbers( $parser->passed ),
        failed       => numbers( $parser->failed ),
        todo         => numbers( $parser->todo ),
        todo_passed  => numbers( $parser->todo_passed ),
        skipped      => numbers( $parser->skipped ),
        parse_errors => scalar( my @errors = $parser->parse_errors ),
        skip_all     => $parser->skip_all ? JSON::PP::true : JSON::PP::false,
        bail_out     => $bail_out,
        unknown      => $unknown,
        verdict      => $total->get_status,
    };
}

sub numbers { return [ map { 0 + $_ } @_ ] }
