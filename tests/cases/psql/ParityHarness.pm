package ParityHarness;

# A harness for `pg_prove --harness ParityHarness` that appends what TAP::Parser found in each file,
# as one JSON document a line, to the file named by PARITY_RECORD. It changes no verdict.

use strict;
use warnings;
use parent 'TAP::Harness';
use JSON::PP ();

sub _after_test {
    my ( $self, $aggregate, $job, $parser ) = @_;
    local $!;    # a bail-out's exit status is taken from it
    my %found = (
        path         => $job->description,
        verdict      => $parser->has_problems ? 'fail' : 'pass',
        planned      => $parser->tests_planned,
        run          => $parser->tests_run + 0,
        failed       => [ map { $_ + 0 } $parser->failed ],
        todo         => [ map { $_ + 0 } $parser->todo ],
        todo_passed  => [ map { $_ + 0 } $parser->todo_passed ],
        skipped      => [ map { $_ + 0 } $parser->skipped ],
        skip_all     => $parser->skip_all ? JSON::PP::true : JSON::PP::false,
        parse_errors => scalar( $parser->parse_errors ) + 0,
        psql_exit    => $parser->exit + 0,
    );
    $found{planned} += 0 if defined $found{planned};
    open my $record, '>>', $ENV{PARITY_RECORD} or die "$ENV{PARITY_RECORD}: $!";
    print {$record} JSON::PP->new->canonical->encode( \%found ), "\n";
    close $record or die "$ENV{PARITY_RECORD}: $!";
    return $self->SUPER::_after_test( $aggregate, $job, $parser );
}

1;
